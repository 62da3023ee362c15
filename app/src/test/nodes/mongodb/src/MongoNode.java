import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** One open server on loopback. Prints {@code READY <port>} and stops when its standard input ends, so that it never outlives the test. */
public final class MongoNode {
    private MongoNode() {}

    public static void main(String[] args) throws Exception {
        MongoServer server = new MongoServer(new MemoryBackend());
        System.out.println("READY " + server.bind().getPort());
        System.in.readAllBytes();
        server.shutdownNow();
        System.exit(0);
    }
}
