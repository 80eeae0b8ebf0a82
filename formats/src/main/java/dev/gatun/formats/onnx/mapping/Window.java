package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.Padding;
import java.util.List;

/**
 * How a convolution or a pooling goes along the one axis that has several steps.
 *
 * @param axis     in ONNX
 * @param size     of the window
 * @param stride   from one window to the next
 * @param dilation from one step of a window to the next
 * @param before   how many steps are added before the first
 * @param behind   how many behind the last
 * @param isSame   whether as many are added as make the steps fit
 * @param steps    how many there are, or {@link Factor#UNKNOWN}
 */
record Window(int axis, int size, int stride, int dilation, int before, int behind, boolean isSame, long steps) {

    /** @param kernel of a convolution, [filters, features, ...]; null for what says its size itself */
    static Window of(NodeCall call, Tracked value, NumberArray kernel) {
        int rank = value.onnx().rank();
        long[] said = call.node().wholes("kernel_shape");
        if (rank < 3 || said == null && kernel == null || said != null && said.length != rank - 2) {
            throw new NotMapped(
                    "reads axes " + value.onnx() + ", expected batch, features and steps, and a size for each axis"
                            + " of steps");
        }
        int axis = -1;
        for (int place = 2; place < rank; place++) {
            long size = said == null ? kernel.size(place) : said[place - 2];
            boolean isUnit = value.onnx().isUnit(place) && size == 1;
            if (!isUnit && axis >= 0) {
                throw new NotMapped("goes along two axes, and layers go along one");
            }
            axis = isUnit ? axis : place;
        }
        axis = axis < 0 ? rank - 1 : axis;
        int place = axis - 2;
        int size = Math.toIntExact(said == null ? kernel.size(axis) : said[place]);
        int stride = at(call.node().wholes("strides"), place, 1);
        int dilation = at(call.node().wholes("dilations"), place, 1);
        int before = at(call.node().wholes("pads"), place, 0);
        int behind = at(call.node().wholes("pads"), place + rank - 2, 0);
        String automatic = call.node().text("auto_pad", "NOTSET");
        long steps = Axes.size(value.onnx().get(axis));
        Window window = new Window(axis, size, stride, dilation, before, behind, false, steps);
        return switch (automatic) {
            case "NOTSET" -> window;
            case "VALID" -> new Window(axis, size, stride, dilation, 0, 0, false, steps);
            case "SAME_UPPER" -> window.same();
            default ->
                throw new NotMapped("has auto_pad " + automatic + "; layers add the odd step behind the last one");
        };
    }

    private static int at(long[] said, int place, int otherwise) {
        return said == null || place >= said.length ? otherwise : Math.toIntExact(said[place]);
    }

    private Window same() {
        if (steps == Factor.UNKNOWN) {
            return new Window(axis, size, stride, dilation, 0, 0, true, steps);
        }
        int total = (int) Math.max(0, (Math.ceilDiv(steps, stride) - 1) * stride + reach() - steps);
        return new Window(axis, size, stride, dilation, total / 2, total - total / 2, true, steps);
    }

    /** How many steps a window reaches over. */
    private int reach() {
        return (size - 1) * dilation + 1;
    }

    /** Null if it is none that a layer does itself. */
    Padding padding() {
        if (isSame) {
            return Padding.SAME;
        }
        if (before == 0 && behind == 0) {
            return Padding.VALID;
        }
        boolean fits = stride == 1
                ? before == (reach() - 1) / 2 && behind == reach() - 1 - before
                : steps != Factor.UNKNOWN && same().before == before && same().behind == behind;
        return fits ? Padding.SAME : null;
    }

    void requireNoCeiling(boolean isCeiling) {
        boolean isEven = steps != Factor.UNKNOWN && (steps + before + behind - reach()) % stride == 0;
        if (isCeiling && !isEven && stride > 1) {
            throw new NotMapped("rounds the number of windows up, which no pooling layer does");
        }
    }

    /** How many windows there are, or {@link Factor#UNKNOWN}. */
    long made() {
        if (steps == Factor.UNKNOWN) {
            return Factor.UNKNOWN;
        }
        return isSame ? Math.ceilDiv(steps, stride) : Math.floorDiv(steps + before + behind - reach(), stride) + 1;
    }

    /** The batch, the steps, the features. */
    Axes inside(Tracked value) {
        return new Axes(List.of(value.axes().get(0), Axes.plain(value.onnx().get(axis)),
                Axes.plain(value.onnx().get(1))));
    }
}
