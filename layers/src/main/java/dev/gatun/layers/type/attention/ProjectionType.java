package dev.gatun.layers.type.attention;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.List;

/** What is known of {@link Projection}. */
final class ProjectionType extends RowByRowType<Projection> {

    private final LayerTypes types;

    /** @param types among which is that of what computes a projection */
    ProjectionType(LayerTypes types) {
        super(new Projection(Configuration.of(Projection.OPTIONS)));
        this.types = types;
    }

    @Override
    public BuiltLayer build(Projection layer, String name, CallArguments<Shape> shapes) {
        return new BuiltProjection(layer, types.of(layer.dense()).build(layer.dense(), name, shapes));
    }

    @Override
    public List<String> onnx(Projection layer, OnnxCall call) {
        Tensor kernel = call.weight("kernel");
        long columns = layer.dense().units();
        Shape shape = Shape.of(kernel.shape().elements() / columns, columns);
        String made = call.node("MatMul", call.input(), call.initializer("matrix", shape, kernel.toArray()));
        return List.of(!layer.dense().useBias()
                ? made
                : call.node("Add", made,
                        call.initializer("row", Shape.of(columns), call.weight("bias").toArray())));
    }
}
