package dev.gatun.formats.weights;

import dev.gatun.formats.Imported;
import dev.gatun.layers.Weight;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The weights of a model that was read as a whole. */
record ModelWeightSource(Imported imported) implements WeightSource {

    @Override
    public String name() {
        return imported.report().source();
    }

    @Override
    public SequencedMap<String, Shape> shapes() {
        SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
        for (Weight weight : imported.model().weights()) {
            shapes.put(weight.name(), weight.shape());
        }
        return shapes;
    }

    @Override
    public void copyTo(String weight, Tensor target) {
        imported.model().weight(weight).get().copyTo(target);
    }

    @Override
    public void close() {
        imported.close();
    }
}
