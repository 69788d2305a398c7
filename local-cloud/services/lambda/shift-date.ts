/** Makes this thread's `Date` show the cloud's time: the machine's plus an offset that the main thread moves. */
export function shiftDate(offset: SharedArrayBuffer): void {
  const cell = new Float64Array(offset);
  const MachineDate = globalThis.Date;
  const now = (): number => MachineDate.now() + (cell[0] ?? 0);
  const ShiftedDate: DateConstructor = new Proxy(MachineDate, {
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
    apply: () => new MachineDate(now()).toString(),
    get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
  });
  // Libraries recognise a date by its constructor.
  Object.defineProperty(MachineDate.prototype, 'constructor', { value: ShiftedDate });
  globalThis.Date = ShiftedDate;
}
