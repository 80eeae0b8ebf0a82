package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.ArrayList;
import java.util.List;

/**
 * ONNX's Scan of version 8: samples along axis 0, each scanned by itself along axis 1, within its own length; behind that there
 * are zeros.
 */
final class BatchedScan {

    private BatchedScan() {}

    static List<NumberArray> run(OperatorCall call) {
        List<NumberArray> inputs = call.inputs().subList(1, call.inputs().size());
        int scanned = (int) Math.clamp(call.node().whole("num_scan_inputs", 0), 0L, inputs.size());
        if (scanned < 1 || inputs.contains(null)) {
            throw new IllegalArgumentException("it scans " + scanned + " of its inputs, expected one or more, and none"
                    + " left out but the lengths");
        }
        int states = inputs.size() - scanned;
        int batch = inputs.getLast().size(0);
        int time = inputs.getLast().size(1);
        long[] lengths = call.optional(0) == null ? null : call.longs(0);
        if (batch < 1 || lengths != null && lengths.length != batch) {
            throw new IllegalArgumentException("it scans " + inputs.getLast() + " with the lengths " + call.optional(0)
                    + ", expected one or more samples and a length for each");
        }
        List<List<NumberArray>> made = new ArrayList<>();
        for (int sample = 0; sample < batch; sample++) {
            long length = lengths == null ? time : lengths[sample];
            if (length < 0 || length > time) {
                throw new IllegalArgumentException("its length " + length + " is not from 0 to " + time);
            }
            List<NumberArray> own = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                NumberArray one = Reshaping.squeezed(Joining.part(inputs.get(i), 0, sample, 1), 0);
                own.add(i < states ? one : Joining.part(one, 0, 0, (int) length));
            }
            made.add(new ScanLoop(call, own).run());
        }
        List<NumberArray> joined = new ArrayList<>();
        for (int output = 0; output < made.getFirst().size(); output++) {
            List<NumberArray> parts = new ArrayList<>();
            for (List<NumberArray> ofSample : made) {
                NumberArray part = ofSample.get(output);
                parts.add(Reshaping.unsqueezed(output < states ? part : padded(part, time), 0));
            }
            joined.add(Joining.joined(parts, 0));
        }
        return joined;
    }

    private static NumberArray padded(NumberArray part, int time) {
        int[] shape = part.shape();
        shape[0] = time - shape[0];
        return shape[0] == 0
                ? part
                : Joining.joined(List.of(part, Storage.value(part.type(), shape, Storage.of(part.type(),
                        Storage.count(shape)))), 0);
    }
}
