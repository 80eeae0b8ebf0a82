package dev.gatun.formats.torch;

import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model's weights as parameters of modules that are named as its layers. */
final class TorchWriter {

    private final Model model;
    private final SafetensorsWriter file = new SafetensorsWriter();

    /** @throws IllegalArgumentException naming the layer that no module can hold */
    TorchWriter(Model model) {
        this.model = model;
        LayerStacks stacks = LayerStacks.of(model.graph());
        for (Graph.NamedLayer layer : model.graph().layers()) {
            Map<String, Tensor> weights = weights(layer.name());
            if (!weights.isEmpty()) {
                new LayerParameters(layer.name(), layer.layer().kind(), layer.layer().config(), weights)
                        .addTo(file, stacks.module(layer.name()), stacks.ending(layer.name()));
            }
        }
        file.metadata("format", "pt");
        String architecture = WrittenArchitecture.of(model.graph(), stacks);
        if (architecture != null) {
            file.metadata(TorchFile.ARCHITECTURE, architecture);
        }
    }

    private Map<String, Tensor> weights(String layer) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (Weight weight : model.weights()) {
            if (weight.name().startsWith(layer + "/")) {
                weights.put(weight.name().substring(layer.length() + 1), weight.get());
            }
        }
        return weights;
    }

    void write(Path path) throws IOException {
        file.write(path);
    }
}
