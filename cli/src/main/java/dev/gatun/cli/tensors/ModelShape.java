package dev.gatun.cli.tensors;

import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * What a model takes.
 *
 * @param inputNames  in its order
 * @param inputShapes batch first; unknown sizes included
 */
public record ModelShape(List<String> inputNames, List<Shape> inputShapes) {

    public static ModelShape of(Model model) {
        return new ModelShape(model.inputNames(), model.inputShapes());
    }
}
