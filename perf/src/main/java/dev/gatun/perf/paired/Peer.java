package dev.gatun.perf.paired;

import dev.gatun.perf.start.Starter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Another engine, found on the class path: the Maven profile {@code peers} puts more there. Making one loads no library. */
public interface Peer extends PeerSource {

    @Override
    default List<Peer> peers() {
        return List.of(this);
    }

    /** As it stands in tables. */
    String name();

    /** What brings it into a run. */
    default Asked asked() {
        return Asked.PEERS;
    }

    /** Whether it can do the task. */
    boolean offers(Task task);

    /** Why it cannot run there, as the end of a sentence; empty if it can. */
    Optional<String> refusal(Processor processor);

    /**
     * Variables its process must begin with; one that is empty must not be there.
     *
     * @param target folder for what it unpacks
     */
    default Map<String, String> environment(int threads, Path target) {
        return Map.of();
    }

    /** Ready to do the task, fed the best way it has. */
    Contender open(Task task, int threads, Material material) throws Exception;

    /**
     * For {@link Kind#START}: leaves a model file in a folder and says how to start.
     *
     * @throws IOException if the file cannot be written
     */
    default Starter starter(Task task, Material material, Path folder) throws IOException {
        throw new UnsupportedOperationException(name() + " has no start");
    }

    /** All on the class path; those that would die on the processor are for the caller to leave out. */
    static List<Peer> all() {
        return ServiceLoader.load(PeerSource.class).stream().flatMap(source -> source.get().peers().stream()).toList();
    }

    /** @throws IllegalArgumentException if there is none of the name */
    static Peer named(String name) {
        return all().stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No peer '" + name + "' on the class path"));
    }
}
