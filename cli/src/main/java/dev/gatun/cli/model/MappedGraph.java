package dev.gatun.cli.model;

import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.formats.Imported;
import dev.gatun.formats.onnx.OnnxAxes;
import dev.gatun.formats.onnx.OnnxPlace;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An ONNX graph that became layers of Gatun's; tensors come and go under the names and with the axes that it has in ONNX.
 *
 * @param read the model
 * @param axes how its tensors lie in the graph
 */
record MappedGraph(Imported read, OnnxAxes axes) implements LayeredModel {

    @Override
    public ModelShape shape() {
        ModelShape inside = ModelShape.of(read.model());
        List<Shape> shapes = new ArrayList<>();
        List<Boolean> whole = new ArrayList<>();
        List<Boolean> batchIsSecond = new ArrayList<>();
        for (int i = 0; i < axes.inputs().size(); i++) {
            OnnxPlace place = axes.inputs().get(i);
            shapes.add(place.isLengths() ? Shape.of(Shape.UNKNOWN) : shape(place, inside.inputShapes().get(i)));
            whole.add(place.isLengths() || inside.whole().get(i));
            batchIsSecond.add(place.axes().size() > 1 && place.axes().get(1) == 0);
        }
        return new ModelShape(axes.inputs().stream().map(OnnxPlace::name).toList(), shapes, whole, whole,
                batchIsSecond);
    }

    private static Shape shape(OnnxPlace place, Shape inside) {
        return Shape.of(place.axes().stream()
                .mapToLong(axis -> axis == OnnxPlace.NONE ? 1 : inside.dim(axis)).toArray());
    }

    @Override
    public List<Port> inputs() {
        ModelShape shape = shape();
        return IntStream.range(0, axes.inputs().size())
                .mapToObj(i -> new Port(axes.inputs().get(i).name(), Optional.of(shape.inputShapes().get(i)),
                        shape.type(i),
                        false))
                .toList();
    }

    @Override
    public List<Port> outputs() {
        List<Shape> inside = read.model().outputShapes();
        return IntStream.range(0, axes.outputs().size())
                .mapToObj(i -> new Port(axes.outputs().get(i).name(),
                        Optional.of(shape(axes.outputs().get(i), inside.get(i))), "", false))
                .toList();
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs) {
        Map<String, Tensor> given = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            given.put(axes.inputs().get(i).name(), inputs.get(i));
        }
        Map<String, Tensor> made = axes.predict(read.model(), given);
        return outputNames().stream().map(made::get).toList();
    }
}
