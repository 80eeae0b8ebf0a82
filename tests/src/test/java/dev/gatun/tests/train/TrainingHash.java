package dev.gatun.tests.train;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.AdamW;
import dev.gatun.layers.train.Adagrad;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.bits.Extremes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whole trainings in one line each: what the weights and the validation loss have become. */
public final class TrainingHash {

    private static final List<Optimizer> OPTIMIZERS = List.of(
            Adam.rate(0.01).globalClipNorm(0.3), AdamW.rate(0.01).amsgrad().clipNorm(0.2),
            RmsProp.rate(0.01).momentum(0.4).centered(), Sgd.rate(0.1).momentum(0.9).nesterov().clipValue(0.01),
            Adagrad.rate(0.1));

    private TrainingHash() {}

    /** Prints {@link #lines}. */
    public static void main(String[] arguments) {
        lines(1).forEach(System.out::println);
    }

    static List<String> lines(int threads) {
        List<String> lines = new ArrayList<>();
        OPTIMIZERS.forEach(optimizer -> lines.add(line(optimizer, Toy.X, threads)));
        for (Extremes finite : List.of(Extremes.ZEROS, Extremes.SUBNORMALS, Extremes.LARGEST)) {
            lines.add(finite + " " + line(OPTIMIZERS.getFirst(), finite.into(Toy.X), threads));
        }
        return lines;
    }

    private static String line(Optimizer optimizer, Tensor x, int threads) {
        try (Model model = Toy.model().threads(threads)) {
            double loss = Trainer.of(model).optimizer(optimizer).loss(Loss.HUBER).batchSize(9).epochs(2).validation(0.2)
                    .fit(x, Toy.Y).last("val_loss");
            return optimizer.className() + " " + Integer.toHexString(Arrays.hashCode(Toy.bits(model))) + " " + loss;
        }
    }
}
