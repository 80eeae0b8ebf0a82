package dev.gatun.tests.goldens;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Permute;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adagrad;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.AdamW;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Sgd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Small models that together have every kind of layer, of wiring and of training state a file must keep. */
final class GatunGoldenModels {

    private GatunGoldenModels() {}

    /**
     * A model of a golden file.
     *
     * @param model     makes it, untrained
     * @param optimizer it is trained with before it is saved; null for a model without training state
     */
    record Plan(Supplier<Model> model, Optimizer optimizer) {}

    /** By file name. */
    static Map<String, Plan> plans() {
        Map<String, Plan> plans = new LinkedHashMap<>();
        plans.put("options", new Plan(GatunGoldenModels::options, null));
        plans.put("chain-adam", new Plan(GatunGoldenModels::chain, Adam.rate(0.01).globalClipNorm(1)));
        plans.put("graph-rmsprop",
                new Plan(GatunGoldenModels::graph, RmsProp.rate(0.01).momentum(0.5).centered()));
        plans.put("graph-amsgrad", new Plan(GatunGoldenModels::graph, Adam.rate(0.01).amsgrad()));
        plans.put("permuted-sgd", new Plan(GatunGoldenModels::permuted, Sgd.rate(0.05).momentum(0.9).nesterov()));
        plans.put("last-adagrad", new Plan(GatunGoldenModels::last, Adagrad.rate(0.05)));
        plans.put("last-adamw", new Plan(GatunGoldenModels::last, AdamW.rate(0.01)));
        return plans;
    }

    /** Options that are not the default, of which some cannot be trained. */
    private static Model options() {
        Model model = Sequential.named("options", List.of(
                Input.sequence(3),
                Lstm.units(5).returnSequences().activation("softsign").recurrentActivation("hard_sigmoid")
                        .recurrentDropout(0.5).noBias().kernelInitializer(Initializer.HE_NORMAL.seeded(7)),
                Lstm.units(3).returnSequences().returnState(false).unitForgetBias(false).dropout(0.25)
                        .biasInitializer(Initializer.ONES).goBackwards(),
                TimeDistributed.of(Dense.units(4).named("inner").noBias().activation("gelu")),
                TimeDistributed.of(Activation.of("softmax")),
                Lstm.units(2).returnState().seed(11)));
        model.initialize(3);
        return model;
    }

    private static Model chain() {
        Model model = Sequential.of(
                Input.shape(4, 3),
                Lstm.units(6).returnSequences().dropout(0.25),
                Dropout.rate(0.2),
                TimeDistributed.of(Dense.units(3).activation("tanh")),
                Lstm.units(4).goBackwards().noBias().recurrentActivation("hard_sigmoid"),
                Activation.of("softsign"),
                Dense.units(2));
        model.initialize(1);
        model.metadata().put("scaling", "{\"mean\": 3.5}");
        model.metadata().put("author \u00e9\n", "");
        return model;
    }

    /** Two inputs, a layer called twice, states handed on, one by way of a Dense, and three outputs. */
    private static Model graph() {
        Input x = Input.shape(4, 3).named("x");
        Input y = Input.shape(4, 3).named("y");
        Lstm shared = Lstm.units(4).returnSequences().returnState();
        RecurrentOutput first = shared.on(x);
        RecurrentOutput second = shared.on(y, first.state());
        RecurrentOutput third = Lstm.units(4).on(Dropout.rate(0.25).on(second.sequence()), second.state());
        Model model = Model.named(
                "graph", List.of(x, y),
                List.of(
                        TimeDistributed.of(Dense.units(2).named("head").activation("softmax")).on(second.sequence()),
                        Activation.of("tanh").on(third), Dense.units(1).on(second.state().c())));
        model.initialize(2);
        return model;
    }

    private static Model permuted() {
        Model model = Sequential.named("permuted", List.of(
                Input.shape(4, 3), Permute.dims(2, 1), Lstm.units(3).unitForgetBias(false),
                Dense.units(2).activation("softmax")));
        model.initialize(4);
        return model;
    }

    private static Model last() {
        Model model = Sequential.of(Input.shape(4, 3), Lstm.units(17), Dense.units(1).named("forecast"));
        model.initialize(5);
        return model;
    }
}
