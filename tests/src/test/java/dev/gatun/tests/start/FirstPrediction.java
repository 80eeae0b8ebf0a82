package dev.gatun.tests.start;

import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A program as short as one can be: loads the model of its first word, predicts zeros [32,10,1], says the bits. */
final class FirstPrediction {

    static final String SAYS = "predicts ";

    private FirstPrediction() {}

    public static void main(String[] words) throws IOException {
        try (Model model = Model.load(Path.of(words[0]))) {
            System.out.println(said(model));
        }
    }

    static String said(Model model) {
        return SAYS
                .concat(String.valueOf(Arrays.hashCode(model.predict(Tensor.of(new float[320], 32, 10, 1)).toArray())));
    }
}
