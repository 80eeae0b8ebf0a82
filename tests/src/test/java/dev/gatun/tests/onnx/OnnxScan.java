package dev.gatun.tests.onnx;

import dev.gatun.tests.reference.RefTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** ONNX's Scan along the first axis. */
final class OnnxScan {

    private OnnxScan() {}

    /** @param body what the body makes of states and one row of each sequence */
    static List<RefTensor> run(
            List<RefTensor> reads, OnnxAttributes attributes, Function<List<RefTensor>, List<RefTensor>> body) {
        int outputs = attributes.body("body").outputs().size();
        int sequences = attributes.whole("num_scan_inputs");
        int[] directions = attributes.wholes("scan_input_directions", new int[sequences]);
        int states = reads.size() - sequences;
        int time = reads.getLast().shape()[0];
        List<RefTensor> state = new ArrayList<>(reads.subList(0, states));
        List<List<RefTensor>> made = new ArrayList<>();
        for (int step = 0; step < time; step++) {
            List<RefTensor> all = new ArrayList<>(state);
            for (int i = 0; i < sequences; i++) {
                OnnxEvaluator.require(reads.get(states + i).shape()[0] == time, "sequences of unlike lengths");
                all.add(row(reads.get(states + i), directions[i] == 1 ? time - 1 - step : step));
            }
            List<RefTensor> after = body.apply(all);
            for (int i = 0; i < states; i++) {
                OnnxEvaluator.require(Arrays.equals(after.get(i).shape(), state.get(i).shape()),
                        "state " + i + " changes its shape");
            }
            state = new ArrayList<>(after.subList(0, states));
            made.add(after.subList(states, after.size()));
        }
        List<RefTensor> results = new ArrayList<>(state);
        for (int i = 0; i < outputs - states; i++) {
            int output = i;
            results.add(together(made.stream().map(all -> all.get(output)).toList()));
        }
        return results;
    }

    private static RefTensor row(RefTensor x, int step) {
        int[] shape = Arrays.copyOfRange(x.shape(), 1, x.shape().length);
        int each = x.values().length / x.shape()[0];
        return new RefTensor(shape, Arrays.copyOfRange(x.values(), step * each, (step + 1) * each));
    }

    private static RefTensor together(List<RefTensor> rows) {
        int[] of = rows.getFirst().shape();
        int[] shape = new int[of.length + 1];
        shape[0] = rows.size();
        System.arraycopy(of, 0, shape, 1, of.length);
        return new RefTensor(shape, rows.stream().flatMapToDouble(row -> Arrays.stream(row.values())).toArray());
    }
}
