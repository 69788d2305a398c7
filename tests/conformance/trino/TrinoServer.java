import io.trino.server.testing.TestingTrinoServer;

/** Runs Trino without catalogs on a free port of 127.0.0.1, until it is ended. See pom.xml. */
public class TrinoServer {
  public static void main(String[] arguments) throws Exception {
    TestingTrinoServer server = TestingTrinoServer.create();
    System.err.println("TRINO_ENDPOINT=" + server.getBaseUrl());
    Thread.currentThread().join();
  }
}
