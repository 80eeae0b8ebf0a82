package dev.gatun.layers.type.timedistributed;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Steps as samples in ONNX, which has values batch first: a change of shape. */
final class StepNodes {

    private final OnnxCall call;

    StepNodes(OnnxCall call) {
        this.call = call;
    }

    /** [B,T,...] as [B T,...]. */
    String folded() {
        OnnxValue whole = call.arguments().input();
        List<Size> sizes = new ArrayList<>(List.of(Size.REST));
        for (int axis = 2; axis < whole.shape().rank(); axis++) {
            sizes.add(new Size(whole, axis));
        }
        return call.node("Reshape", whole.name(), shape(sizes));
    }

    /** [B T,...] as [B,T,...]. */
    String unfolded() {
        OnnxValue samples = call.arguments().inputs().get(1);
        List<Size> sizes = new ArrayList<>(List.of(Size.REST, new Size(call.arguments().input(), 1)));
        for (int axis = 1; axis < samples.shape().rank(); axis++) {
            sizes.add(new Size(samples, axis));
        }
        return call.node("Reshape", samples.name(), shape(sizes));
    }

    /**
     * The size of an axis.
     *
     * @param of   which value; null for whatever the others leave
     * @param axis which of its axes
     */
    private record Size(OnnxValue of, int axis) {

        static final Size REST = new Size(null, 0);

        boolean isKnown() {
            return of == null || of.shape().dim(axis) != Shape.UNKNOWN;
        }

        long number() {
            return of == null ? -1 : of.shape().dim(axis);
        }
    }

    private String shape(List<Size> sizes) {
        if (sizes.stream().allMatch(Size::isKnown)) {
            return call.constants(sizes.stream().mapToLong(Size::number).toArray());
        }
        List<String> parts = sizes.stream().map(size -> size.isKnown()
                ? call.constants(size.number())
                : call.size(size.of().name(), size.axis())).toList();
        return call.node("Concat", parts, Map.of("axis", OnnxAttribute.of(0)));
    }
}
