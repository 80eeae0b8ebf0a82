package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.build.LayerChain;
import dev.gatun.formats.build.GatheredWeights;
import dev.gatun.layers.Input;
import dev.gatun.layers.Node;
import dev.gatun.layers.graph.Graph;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Layers and their weights, step by step of a plan. */
final class TorchGraph {

    private final StateDict dict;
    private final TorchPlan plan;
    private final TorchArchitecture architecture;
    private final GatheredWeights weights;
    private final List<String> notes;
    private final LayerChain chain;
    private int width;
    private boolean hasSteps;

    TorchGraph(StateDict dict, TorchPlan plan, TorchArchitecture architecture, GatheredWeights weights,
            List<String> notes) {
        this.dict = dict;
        this.plan = plan;
        this.architecture = architecture;
        this.weights = weights;
        this.notes = notes;
        this.chain = new LayerChain(input());
    }

    /** The chain that goes on behind all steps. */
    LayerChain chain() {
        return chain;
    }

    /** Features at the end of the chain. */
    int width() {
        return width;
    }

    private Input input() {
        TorchModule first = plan.steps().stream()
                .filter(TorchPlan.Run.class::isInstance)
                .map(step -> ((TorchPlan.Run) step).module())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the architecture runs no module"));
        hasSteps = first.kind() == ModuleKind.EMBEDDING || architecture.isOfSequences()
                || plan.steps().stream().anyMatch(TorchGraph::needsSteps);
        if (first.kind() == ModuleKind.EMBEDDING) {
            return Input.ints(Shape.UNKNOWN).timeMajor(architecture.isTimeFirst());
        }
        int features = convolved(first, first.inputs());
        if (features < 1) {
            throw new IllegalArgumentException("module " + FormatException.quote(first.label())
                    + " does not say how many features it reads; begin with one that does");
        }
        width = features;
        return hasSteps ? Input.sequence(features).timeMajor(architecture.isTimeFirst()) : Input.shape(features);
    }

    private static boolean needsSteps(TorchPlan.Step step) {
        return switch (step) {
            case TorchPlan.Run run -> run.module().kind().isRecurrent() || run.module().kind() == ModuleKind.CONV1D
                    || run.module().kind() == ModuleKind.ATTENTION;
            case TorchPlan.Word word -> TorchArchitecture.READINGS.contains(word.text())
                    || TorchPooling.of(word.text()) != null;
        };
    }

    /** A convolution in groups reads more than a row of its kernel is long. */
    private int convolved(TorchModule module, int inputs) {
        Object groups = architecture.argument(module, "groups");
        return module.kind() == ModuleKind.CONV1D && groups instanceof Number number
                ? Math.multiplyExact(inputs, number.intValue())
                : inputs;
    }

    /** @throws FormatException if numbers cannot be read */
    Graph build() throws FormatException {
        List<TorchPlan.Step> steps = plan.steps();
        for (int at = 0; at < steps.size(); at++) {
            String next = at + 1 < steps.size() && steps.get(at + 1) instanceof TorchPlan.Word word ? word.text() : "";
            switch (steps.get(at)) {
                case TorchPlan.Word word -> addWord(word.text());
                case TorchPlan.Run run -> at += addModule(run.module(), next) ? 1 : 0;
            }
        }
        if (plan.heads().isEmpty()) {
            return chain.graph();
        }
        List<Node> outputs = new ArrayList<>();
        for (List<TorchPlan.Step> head : plan.heads()) {
            outputs.add(head(head));
        }
        return chain.graph(outputs);
    }

    /** An end of several, each of which reads the chain: linear modules, and words behind them, which are activations. */
    private Node head(List<TorchPlan.Step> steps) throws FormatException {
        Node value = chain.value();
        for (TorchPlan.Step step : steps) {
            switch (step) {
                case TorchPlan.Word word -> value = LayerChain
                        .layer("Activation", null, Map.of("activation", activation(word.text()))).on(value);
                case TorchPlan.Run run -> {
                    TorchModule module = run.module();
                    value = LayerChain
                            .layer("Dense", module.label(), Map.of("units", module.size("weight", 0), "use_bias",
                                    module.has("bias")))
                            .on(value);
                    put(module.label() + "/", module, 0, false);
                }
            }
        }
        return value;
    }

    private Object activation(String word) {
        if (!TorchFunction.isOne(word)) {
            throw new IllegalArgumentException(
                    "'" + word + "' stands behind one of several ends, which take activations"
                            + " alone; say it behind the module before them");
        }
        return TorchFunction.option(word, rank());
    }

    private int rank() {
        return hasSteps ? 3 : 2;
    }

    private void addWord(String word) {
        hasSteps &= !TorchArchitecture.READINGS.contains(word);
        switch (word) {
            case "last" -> chain.add("Slicing", null, Map.of("parts", List.of("-1")));
            case "mean" -> chain.add("GlobalAveragePooling1D", null, Map.of());
            case "max" -> chain.add("GlobalMaxPooling1D", null, Map.of());
            case "flatten" -> chain.add("Flatten", null, Map.of());
            case "state" -> throw new IllegalArgumentException(
                    "'state' stands behind no recurrent module in the architecture; only such a module has one");
            case String norm when PlainNorm.isOne(norm) ->
                chain.add("LayerNormalization", null, PlainNorm.options(norm));
            default -> addFunction(word);
        }
    }

    private void addFunction(String word) {
        TorchPooling pooling = TorchPooling.of(word);
        if (pooling != null) {
            chain.add(pooling.kind(), null, Map.of("pool_size", pooling.size(), "strides", pooling.stride()));
        } else {
            chain.add("Activation", null, Map.of("activation", TorchFunction.option(word, rank())));
            width = isGlu(word) ? width / 2 : width;
        }
    }

    /** It makes half as many features as it is given. */
    private static boolean isGlu(String word) {
        return word.equalsIgnoreCase("glu");
    }

    /** @return whether the word behind it is done with */
    private boolean addModule(TorchModule module, String next) throws FormatException {
        boolean isTaken = false;
        if (module.kind().isRecurrent()) {
            isTaken = addRecurrent(module, next);
        } else {
            String name = module.label();
            boolean folds = (module.kind() == ModuleKind.LINEAR || module.kind() == ModuleKind.CONV1D)
                    && TorchFunction.isOne(next);
            Object activation = folds ? TorchFunction.option(next, rank()) : "linear";
            PlainModule plain = new PlainModule(module, architecture, notes, width, hasSteps);
            plain.addTo(chain, name, activation);
            for (Map.Entry<String, TorchWeights.Numbers> weight : TorchWeights.of(dict, module, 0, false).entrySet()) {
                TorchWeights.Numbers numbers = plain.shaped(weight.getKey(), weight.getValue());
                weights.put(name + "/" + weight.getKey(), numbers.place(), numbers.values(), numbers.dims());
            }
            isTaken = folds;
        }
        width = module.outputs(width);
        width = isTaken && isGlu(next) ? width / 2 : width;
        return isTaken;
    }

    /** Where only the end is read, the last layer need not return the others. */
    private boolean addRecurrent(TorchModule module, String next) throws FormatException {
        RecurrentForm form = module.form();
        boolean endsHere = next.equals("state") || next.equals("last") && !form.bothWays();
        for (int layer = 0; layer < form.layers(); layer++) {
            String name = form.layers() == 1 ? module.label() : module.label() + "_l" + layer;
            boolean isLast = layer == form.layers() - 1;
            Map<String, Object> options = LayerChain.options("units", form.units(), "use_bias", form.hasBias(),
                    "return_sequences", !(isLast && endsHere));
            String kind = form.kind() == ModuleKind.RNN ? "SimpleRNN" : form.kind().word;
            if (form.kind() == ModuleKind.RNN) {
                options.put("activation", nonlinearity(module, layer));
            }
            if (form.isLearned()) {
                options.put("learned_initial_state", true);
            }
            if (form.projection() > 0) {
                options.put("projection", form.projection());
            }
            if (form.bothWays()) {
                chain.add("Bidirectional", name,
                        Map.of("layer", Map.of("class_name", kind, "config", options), "merge_mode", "concat"));
                String inner = form.kind() == ModuleKind.RNN
                        ? "simple_rnn"
                        : module.kind().word.toLowerCase(Locale.ROOT);
                put(name + "/forward_" + inner + "/", module, layer, false);
                put(name + "/backward_" + inner + "/", module, layer, true);
            } else {
                chain.add(kind, name, options);
                put(name + "/", module, layer, false);
            }
        }
        hasSteps &= !endsHere;
        return endsHere;
    }

    private String nonlinearity(TorchModule module, int layer) {
        Object given = architecture.argument(module, "nonlinearity");
        if (given == null && layer == 0) {
            notes.add("the RNN " + module.label()
                    + " is taken to have tanh, PyTorch's default, which the file does not say; "
                    + ArchitectureAdvice.argument(module.label(), "nonlinearity", "relu") + " says otherwise");
        }
        return given == null ? "tanh" : String.valueOf(given);
    }

    private void put(String prefix, TorchModule module, int layer, boolean reverse) throws FormatException {
        for (Map.Entry<String, TorchWeights.Numbers> weight : TorchWeights.of(dict, module, layer, reverse)
                .entrySet()) {
            TorchWeights.Numbers numbers = weight.getValue();
            weights.put(prefix + weight.getKey(), numbers.place(), numbers.values(), numbers.dims());
        }
    }
}
