package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.plan.LayerChoice;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.PlannedLayer;
import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.Embedding;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/** Gather from a table of the graph's own by ids: an Embedding. */
final class Lookups {

    private Lookups() {}

    static void map(NodeCall call, Constant table, int axis, Tracked ids) {
        NumberArray numbers = table.numbers();
        if (numbers.rank() != 2 || axis != 0 || !table.isPlain()) {
            throw new NotMapped("looks up axis " + axis + " of a table of shape " + numbers
                    + ", and an Embedding has rows of one axis");
        }
        int rows = numbers.size(0);
        int width = numbers.size(1);
        PlannedLayer layer = call.graph().shared(List.of("Embedding", numbers),
                () -> new PlannedLayer(call.wish(), LayerChoice.of(Embedding.of(rows, width)),
                        List.of(new PlannedWeight("embeddings", Shape.of(rows, width), WeightNumbers.floats(numbers),
                                call.node().input(0))),
                        call.node().label()));
        Ref read = call.graph().arrangement().joined(ids);
        Factor features = Factor.of(width);
        Axes inside = ids.axes().inserted(ids.axes().rank(), List.of(features));
        List<List<Factor>> outside = new ArrayList<>(ids.onnx().lists());
        outside.add(List.of(features));
        call.put(Tracked.of(PlannedCall.of(layer, read).output(0), inside, new Axes(outside)));
    }
}
