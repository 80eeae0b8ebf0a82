package dev.gatun.perf.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.gatun.perf.workload.Stack;
import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Material;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One step at a time: two sets of pinned states take turns as input and output, so no state is ever copied. */
final class OnnxStep implements Contender {

    private final OrtSession session;
    private final List<Map<String, OnnxTensor>> inputs = List.of(new HashMap<>(), new HashMap<>());
    private final List<Map<String, OnnxTensor>> outputs = List.of(new HashMap<>(), new HashMap<>());
    private final OnnxRuntime.Pinned[] results = new OnnxRuntime.Pinned[2];
    private int turn;

    OnnxStep(Stack stack, int threads, Material material) throws OrtException {
        this.session = OnnxRuntime.session(OnnxStack.step(stack, material), threads);
        OnnxRuntime.Pinned x = OnnxRuntime.Pinned.of(1, stack.batch(), stack.inputs());
        x.buffer().put(0, material.x());
        for (int set = 0; set < 2; set++) {
            inputs.get(set).put("x", x.tensor());
            for (int layer = 0; layer < stack.units().size(); layer++) {
                for (String state : List.of("h" + layer, "c" + layer)) {
                    OnnxRuntime.Pinned pinned = OnnxRuntime.Pinned.of(1, stack.batch(), stack.units().get(layer));
                    inputs.get(set).put(state, pinned.tensor());
                    outputs.get(1 - set).put(state + "_out", pinned.tensor());
                    if (state.equals("h" + (stack.units().size() - 1))) {
                        results[1 - set] = pinned;
                    }
                }
            }
        }
    }

    @Override
    public void run() {
        try (OrtSession.Result result = session.run(inputs.get(turn), outputs.get(turn))) {
            if (result.size() != outputs.get(turn).size()) {
                throw new IllegalStateException("Expected all states, got " + result.size());
            }
        } catch (OrtException failed) {
            throw new IllegalStateException(failed);
        }
        turn = 1 - turn;
    }

    @Override
    public float[] result() {
        return results[1 - turn].toArray();
    }

    @Override
    public void close() {
        inputs.getFirst().get("x").close();
        outputs.forEach(set -> set.values().forEach(OnnxTensor::close));
        try {
            session.close();
        } catch (OrtException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
