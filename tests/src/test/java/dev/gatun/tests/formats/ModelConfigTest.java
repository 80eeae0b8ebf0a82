package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.formats.PlainJson;
import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Initializer.VarianceScaling;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Input;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.TimeDistributed;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a layer or a model says of itself, through JSON, makes an equal one. */
class ModelConfigTest {

    @Provide
    Arbitrary<Layer> layers() {
        return Arbitraries.oneOf(lstm(), inner(), inner().map(TimeDistributed::of), inner().map(layer -> TimeDistributed
                .of(layer.named("inner"))));
    }

    private static Arbitrary<Layer> inner() {
        Arbitrary<Layer> dense = Combinators.combine(
                Arbitraries.integers().between(1, Integer.MAX_VALUE / 8), Arbitraries.of(ActivationFunction.all()),
                Arbitraries.of(true, false), initializers(), initializers())
                .as((units, function, bias, kernel, first) -> (bias ? Dense.units(units) : Dense.units(units).noBias())
                        .activation(function).kernelInitializer(kernel).biasInitializer(first));
        Arbitrary<Layer> dropout = Arbitraries.doubles().between(0, true, 1, false).map(Dropout::rate);
        return Arbitraries.oneOf(dense, dropout, Arbitraries.of(ActivationFunction.all()).map(Activation::of));
    }

    private static Arbitrary<Layer> lstm() {
        Arbitrary<ActivationFunction> functions = Arbitraries.of(ActivationFunction.all())
                .filter(ActivationFunction::isElementwise);
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        Arbitrary<Lstm> plain = Combinators
                .combine(Arbitraries.integers().between(1, Integer.MAX_VALUE / 8), flags, flags, flags, rates(),
                        rates())
                .as((units, sequences, state, back, input, recurrent) -> Lstm.units(units).returnSequences(sequences)
                        .returnState(state).goBackwards(back).dropout(input).recurrentDropout(recurrent));
        return Combinators
                .combine(plain, functions, functions, flags, flags, initializers(), initializers(), initializers())
                .as((lstm, function, gates, bias, forget, kernel, recurrent, first) -> lstm.activation(function)
                        .recurrentActivation(gates).useBias(bias).unitForgetBias(forget).kernelInitializer(kernel)
                        .recurrentInitializer(recurrent).biasInitializer(first));
    }

    private static Arbitrary<Double> rates() {
        return Arbitraries.doubles().between(0, true, 1, false);
    }

    private static Arbitrary<Initializer> initializers() {
        Arbitrary<Float> floats = Arbitraries.floats();
        Arbitrary<Initializer> simple = Arbitraries.oneOf(
                floats.map(Initializer.Constant::new),
                Arbitraries.of(Initializer.ZEROS, Initializer.ONES, new Initializer.Constant(-0f)),
                Combinators.combine(floats, floats)
                        .filter((one, other) -> Float.isFinite(one - other))
                        .as((one, other) -> new Initializer.RandomUniform(Math.min(one, other), Math.max(one, other))),
                Combinators.combine(floats, floats.map(Math::abs), Arbitraries.of(true, false))
                        .as(Initializer.RandomNormal::new),
                Arbitraries.doubles().map(Initializer.Orthogonal::new),
                Arbitraries.doubles().map(Initializer.Identity::new),
                Combinators.combine(
                        Arbitraries.oneOf(Arbitraries.doubles().map(Math::abs).filter(scale -> scale > 0),
                                Arbitraries.of(1.0, 2.0)),
                        Arbitraries.of(VarianceScaling.Fan.values()),
                        Arbitraries.of(VarianceScaling.Distribution.values())).as(VarianceScaling::new));
        return Arbitraries.oneOf(simple, simple.map(Initializer.ForgetBias::new),
                Combinators.combine(simple, Arbitraries.longs()).as(Initializer::seeded));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void everyLayerComesBackEqual(@ForAll("layers") Layer layer) {
        Map<String, Object> config = PlainJson.object("config", PlainJson.text(layer.config()));
        assertEquals(layer.named("it"), BuiltInTypes.ALL.layer(layer.kind(), "it", config));
    }

    @Example
    void everyModelComesBackEqual() {
        try (Model rich = GatunModels.rich(0);
                Model chain = Sequential.named(
                        "chain",
                        List.of(Input.sequence(2), Lstm.units(3).returnState(true)));
                Model shared = sharedInAChain()) {
            for (Model model : List.of(rich, chain, shared)) {
                String text = PlainJson.text(ModelConfig.toMap(model.graph()));
                try (Model again = ModelConfig.nodes(PlainJson.object("model", text)).model()) {
                    assertEquals(model.summaryText(), again.summaryText());
                    assertEquals(model.graph().sequential(), again.graph().sequential());
                    assertEquals(model.outputNames(), again.outputNames());
                    assertEquals(text, PlainJson.text(ModelConfig.toMap(again.graph())));
                }
            }
        }
    }

    private static Model sharedInAChain() {
        Dense twice = Dense.units(2);
        Input in = Input.shape(2);
        return Model.of(in, twice.on(Activation.of("relu").on(twice.on(in))));
    }
}
