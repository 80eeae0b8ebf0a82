package dev.gatun.cli.model;

import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.formats.Imported;
import dev.gatun.formats.onnx.OnnxAxes;
import dev.gatun.formats.onnx.OnnxPlace;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An ONNX graph that became layers of Gatun's; tensors come and go under the names and with the axes that it has in ONNX.
 *
 * @param imported the model
 * @param axes     how its tensors lie in the graph
 */
record MappedGraph(Imported imported, OnnxAxes axes) implements RunnableModel {

    @Override
    public ModelShape shape() {
        ModelShape inside = ModelShape.of(imported.model());
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
    public List<String> outputNames() {
        return axes.outputs().stream().map(OnnxPlace::name).toList();
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs) {
        Map<String, Tensor> given = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            given.put(axes.inputs().get(i).name(), inputs.get(i));
        }
        Map<String, Tensor> made = axes.predict(imported.model(), given);
        return outputNames().stream().map(made::get).toList();
    }

    @Override
    public List<String> notes() {
        return imported.report().notes();
    }

    @Override
    public int vocabulary() {
        return Vocabulary.of(imported.model());
    }

    @Override
    public Optional<Model> model() {
        return Optional.of(imported.model());
    }

    @Override
    public boolean keepsStates() {
        return KeptStates.in(imported.model());
    }

    @Override
    public void reset() {
        imported.model().resetStates();
    }

    @Override
    public void close() {
        imported.close();
    }
}
