package dev.gatun.perf.start;

import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/** A fresh JVM of Gatun: loads a model from a file, predicts once, says the first number. */
public final class OurStart {

    private OurStart() {}

    /** The file, then B, T and I. */
    public static void main(String[] words) throws IOException {
        StartInput input = StartInput.of(words);
        try (Model model = Model.load(Path.of(words[0]))) {
            Tensor x = Tensor.of(input.values(), input.batch(), input.time(), input.inputs());
            System.out.println("first " + model.predict(x).get(0, 0));
        }
    }
}
