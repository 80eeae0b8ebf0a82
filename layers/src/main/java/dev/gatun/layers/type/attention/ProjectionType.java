package dev.gatun.layers.type.attention;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.type.dense.DenseType;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.List;

/** What is known of {@link Projection}. */
final class ProjectionType extends RowByRowType<Projection> {

    private final DenseType dense = new DenseType();

    ProjectionType() {
        super(new Projection(Configuration.of(Projection.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Projection layer, String name, CallArguments<Shape> shapes) {
        return new BuiltProjection(layer, dense.build(layer.dense(), name, shapes));
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
