package dev.gatun.perf.bench;

import dev.gatun.perf.paired.Asked;
import dev.gatun.perf.paired.Peer;
import dev.gatun.perf.paired.Processor;
import dev.gatun.perf.python.PythonCheck;
import dev.gatun.perf.python.PythonEngine;
import dev.gatun.perf.python.PythonPeer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which engines were asked for. */
final class PeerOptions {

    @Option(names = "--peers", description = "also ONNX Runtime, PyTorch and OpenBLAS (fetched by Maven)")
    private boolean peers;

    @Option(names = "--python", paramLabel = "PATH", description = "also Keras on TensorFlow and PyTorch of this Python, for example python3, if it has them")
    private String python;

    @Option(names = "--peer", paramLabel = "NAME", description = "of the peers only this one, for example \"ONNX Runtime\" or \"Keras predict\"")
    private String peer;

    /** @throws IllegalArgumentException if one is chosen of none */
    void check() {
        if (peer != null && !peers && python == null) {
            throw new IllegalArgumentException("--peer chooses among the peers: give --peers or --python too");
        }
    }

    /** A path is the caller's. */
    private String python(Path caller) {
        return python.indexOf('/') > 0 ? caller.resolve(python).toString() : python;
    }

    /** Variables for the processes that measure. */
    Map<String, String> environment(Path caller) {
        return python == null ? Map.of() : Map.of(PythonPeer.VARIABLE, python(caller));
    }

    /** Those that can run. */
    PeerChoice choice(Path caller, Path raw) {
        Set<Asked> asked = EnumSet.noneOf(Asked.class);
        if (peers) {
            asked.add(Asked.PEERS);
        }
        if (python != null) {
            asked.add(Asked.PYTHON);
        }
        Map<PythonEngine, PythonCheck> checks = new EnumMap<>(PythonEngine.class);
        return PeerChoice.of(Peer.all(), Processor.here(), new PeerChoice.Wish(
                asked, peer,
                engine -> checks.computeIfAbsent(engine, each -> each.check(python(caller), raw))));
    }
}
