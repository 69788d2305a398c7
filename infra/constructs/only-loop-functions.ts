import { Annotations, type IAspect } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { LoopFunction } from './loop-function.ts';

/** Fails the synth when a function was made some other way than by LoopFunction. */
export class OnlyLoopFunctions implements IAspect {
  visit(node: IConstruct): void {
    if (!(node instanceof CfnFunction) || node.node.scope instanceof LoopFunction) return;
    Annotations.of(node).addError(
      `${node.node.path} is a function that LoopFunction did not make: make it with LoopFunction`,
    );
  }
}
