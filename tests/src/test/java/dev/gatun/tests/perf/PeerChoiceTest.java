package dev.gatun.tests.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.perf.bench.PeerChoice;
import dev.gatun.perf.paired.Asked;
import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.paired.Natives;
import dev.gatun.perf.paired.Peer;
import dev.gatun.perf.paired.Processor;
import dev.gatun.perf.paired.Task;
import dev.gatun.perf.paired.TrainingStep;
import dev.gatun.perf.python.PythonCheck;
import dev.gatun.perf.python.PythonPeer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which engines run beside ours, and what is said of those that cannot.
final class PeerChoiceTest {

    private static final Processor PLAIN = new Processor("linux-x86_64", Set.of("sse2", "avx", "avx2"));
    private static final PythonCheck COMPLETE = new PythonCheck(Map.of("torch", "2.13"), List.of());
    private static final PythonCheck BARE = new PythonCheck(Map.of("python", "3.11"), List.of("keras (no module)"));

    /// An engine of the given natives, never opened.
    private record Fake(String name, Natives natives) implements Peer {

        @Override
        public boolean offers(Task task) {
            return true;
        }

        @Override
        public Optional<String> refusal(Processor processor) {
            return natives.refusal(processor);
        }

        @Override
        public Contender open(Task task, int threads, Material material) {
            throw new AssertionError("opened");
        }
    }

    private static Fake fake(String name, String platform, String... flags) {
        return new Fake(name, new Natives(List.of(platform), List.of(flags)));
    }

    private static final List<Peer> ALL = List.of(
            new TrainingStep(), fake("Good", "linux-x86_64", "avx2"), fake("Wide", "linux-x86_64", "avx2", "avx512f"),
            fake("Elsewhere", "macos-aarch64"), PythonPeer.KERAS_PREDICT, PythonPeer.KERAS_CALL,
            PythonPeer.TORCH);

    private static PeerChoice choose(Set<Asked> asked, String name, PythonCheck python) {
        return PeerChoice.of(ALL, PLAIN, new PeerChoice.Wish(asked, name, engine -> python));
    }

    private static List<String> names(PeerChoice choice) {
        return choice.peers().stream().map(Peer::name).toList();
    }

    @Test
    void nothingAskedForLeavesGatunsOwnTrainingStep() {
        PeerChoice choice = choose(EnumSet.noneOf(Asked.class), null, COMPLETE);
        assertEquals(List.of("a training step"), names(choice));
        assertEquals(List.of(), choice.leftOut());
    }

    @Test
    void peersThatWouldDieHereAreLeftOutWithTheReason() {
        PeerChoice choice = choose(EnumSet.of(Asked.PEERS), null, COMPLETE);
        assertEquals(List.of("a training step", "Good"), names(choice));
        assertEquals(List.of(
                "Wide is left out: its kernels need avx512f, which this processor has not",
                "Elsewhere is left out: its libraries are for macos-aarch64, and this is linux-x86_64"),
                choice.leftOut());
    }

    @Test
    void whatAPythonLacksIsSaidOnceForAllWaysToCallIt() {
        PeerChoice choice = choose(EnumSet.of(Asked.PYTHON), null, BARE);
        assertEquals(List.of("a training step"), names(choice));
        assertEquals(List.of(
                "Keras on TensorFlow is left out: missing: keras (no module)",
                "PyTorch in Python is left out: missing: keras (no module)"), choice.leftOut());
        assertEquals(List.of("python 3.11"), choice.versions());
    }

    @Test
    void aCompletePythonBringsEveryWay() {
        PeerChoice choice = choose(EnumSet.of(Asked.PYTHON), null, COMPLETE);
        assertEquals(List.of("a training step", "Keras predict", "Keras model(x)", "PyTorch in Python"),
                names(choice));
        assertEquals(List.of("torch 2.13"), choice.versions());
    }

    @Test
    void tensorFlowIsNotStartedWhereItWouldDie() {
        var wish = new PeerChoice.Wish(EnumSet.of(Asked.PYTHON), "Keras predict", engine -> {
            throw new AssertionError("started");
        });
        var old = new Processor("linux-x86_64", Set.of("sse2"));
        var said = assertThrows(IllegalArgumentException.class, () -> PeerChoice.of(ALL, old, wish));
        assertEquals("Keras on TensorFlow is left out: it needs avx, which this processor has not", said.getMessage());
    }

    @Test
    void oneAloneMustBeThereAndRun() {
        assertEquals(List.of("a training step", "Good"), names(choose(EnumSet.of(Asked.PEERS), "Good", COMPLETE)));
        refused("No peer is named 'Bad'; there are [Good, Wide, Elsewhere]", "Bad");
        refused("Wide is left out: its kernels need avx512f", "Wide");
    }

    private static void refused(String words, String name) {
        var said = assertThrows(IllegalArgumentException.class,
                () -> choose(EnumSet.of(Asked.PEERS), name, COMPLETE));
        assertTrue(said.getMessage().startsWith(words), said.getMessage());
    }

    @Test
    void processorsAreReadAsTheSystemTellsThem() {
        assertEquals("linux-x86_64", Processor.platform("Linux", "amd64"));
        assertEquals("macos-aarch64", Processor.platform("Mac OS X", "aarch64"));
        assertEquals("windows-x86_64", Processor.platform("Windows 11", "amd64"));
        assertEquals(Set.of("fpu", "avx2"),
                Processor.flags(List.of("model name : x", "flags\t\t: fpu avx2", "flags : other")));
        assertEquals(Set.of(), Processor.flags(List.of("Features : asimd")));
    }
}
