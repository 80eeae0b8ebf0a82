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
        return OPTIMIZERS.stream().map(optimizer -> line(optimizer, threads)).toList();
    }

    private static String line(Optimizer optimizer, int threads) {
        try (Model model = Toy.model().threads(threads)) {
            double loss = Trainer.of(model).optimizer(optimizer).loss(Loss.HUBER).batchSize(9).epochs(2).validation(0.2)
                    .fit(Toy.X, Toy.Y).last("val_loss");
            return optimizer.className() + " " + Integer.toHexString(Arrays.hashCode(Toy.bits(model))) + " " + loss;
        }
    }
}
