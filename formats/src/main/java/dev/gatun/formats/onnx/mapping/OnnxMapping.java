package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.folding.FoldingWork;
import dev.gatun.formats.onnx.graph.ParsedModel;
import dev.gatun.formats.onnx.graph.ParsedValue;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.PlannedModel;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Lost;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.formats.onnx.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Maps a graph: attempts it, and again when a node has said how an input is to be read. */
public final class OnnxMapping {

    private final ParsedModel model;
    private final List<ParsedValue> inputs;
    private final FoldingWork foldingWork;
    private List<InputForm> forms;

    private OnnxMapping(ParsedModel model) {
        this.model = model;
        this.inputs = model.graph().required();
        this.foldingWork = new FoldingWork(model.graph().initializers().values());
    }

    /** @throws UnmappedException naming all nodes that are no layers */
    public static MappedGraph map(ParsedModel model) {
        return new OnnxMapping(model).mapped();
    }

    private MappedGraph mapped() {
        if (inputs.isEmpty()) {
            throw new UnmappedException(List.of("the graph has no input"));
        }
        List<InputForm> guessed = new ArrayList<>();
        for (int input = 0; input < inputs.size(); input++) {
            ParsedValue value = inputs.get(input);
            guessed.add(guessed(input, value));
        }
        forms = guessed;
        try {
            return attempted();
        } catch (UnmappedException failed) {
            forms = otherwise(guessed);
            if (forms.equals(guessed)) {
                throw failed;
            }
            try {
                return attempted();
            } catch (UnmappedException failedToo) {
                throw failed;
            }
        }
    }

    private InputForm guessed(int input, ParsedValue value) {
        if (!GraphInputs.isUsable(value)) {
            return new InputForm(input, List.of(), null, false, true, true);
        }
        int rank = value.axes().size();
        return model.isGatuns()
                ? InputForm.asItLies(input, rank)
                : InputForm.batchAt(input, BatchGuess.axis(value), rank, false);
    }

    /** Sequences of which no node says what lies where: time first. */
    private List<InputForm> otherwise(List<InputForm> guessed) {
        List<InputForm> other = new ArrayList<>();
        for (InputForm form : guessed) {
            other.add(form.order().size() == 3 && form.batch() == 0 && !form.isCertain() && !isNamed(form)
                    ? InputForm.batchAt(form.input(), 1, 3, false)
                    : form);
        }
        return other;
    }

    private boolean isNamed(InputForm form) {
        return !inputs.get(form.input()).axes().get(form.batch()).symbol().isEmpty();
    }

    private MappedGraph attempted() {
        int left = 4 * inputs.size();
        while (true) {
            GraphMapping attempt = new GraphMapping(model, forms, foldingWork);
            try {
                attempt.run();
                return new Finishing(attempt, model).mapped();
            } catch (Evidence said) {
                if (left-- == 0) {
                    throw new UnmappedException(List.of("its nodes read the input '"
                            + inputs.get(said.form().input()).name() + "' in several ways"));
                }
                forms = changed(said.form());
            }
        }
    }

    /** Of the other inputs those have their batch where its size has the same name. */
    private List<InputForm> changed(InputForm form) {
        List<InputForm> changed = new ArrayList<>(forms);
        InputForm before = forms.get(form.input());
        changed.set(form.input(), form);
        String symbol = inputs.get(form.input()).axes().get(form.batch()).symbol();
        for (InputForm other : forms) {
            List<ParsedValue.Axis> axes = other.isCertain() ? List.of() : inputs.get(other.input()).axes();
            for (int axis = 0; axis < axes.size() && before.batch() != form.batch(); axis++) {
                if (other.input() != form.input() && !symbol.isEmpty() && axes.get(axis).symbol().equals(symbol)) {
                    changed.set(other.input(), InputForm.batchAt(other.input(), axis, axes.size(), false));
                }
            }
        }
        return changed;
    }

    /** What is left when all nodes are mapped. */
    private record Finishing(GraphMapping attempt, ParsedModel model) {

        MappedGraph mapped() {
            Set<String> reasons = new LinkedHashSet<>();
            for (ParsedValue output : model.graph().outputs()) {
                Value value = attempt.value(output.name());
                if (value instanceof Lost lost) {
                    reasons.addAll(lost.reasons());
                } else if (!(value instanceof Tracked)) {
                    reasons.add("the output '" + output.name() + "' does not depend on the samples");
                }
            }
            if (!reasons.isEmpty()) {
                throw new UnmappedException(List.copyOf(reasons));
            }
            List<Ref> outputs = new ArrayList<>();
            List<OutputForm> places = new ArrayList<>();
            for (ParsedValue output : model.graph().outputs()) {
                try {
                    OutputForm form = OutputForm.of(attempt, output.name(), (Tracked) attempt.value(output.name()));
                    places.add(form);
                    outputs.add(form.ref());
                } catch (NotMapped told) {
                    reasons.add("the output '" + output.name() + "' " + told.getMessage());
                }
            }
            if (!reasons.isEmpty()) {
                throw new UnmappedException(List.copyOf(reasons));
            }
            List<Integer> needed = needed(outputs);
            List<Ref> inputs = needed.stream().map(attempt.inputs().refs()::get).toList();
            return new MappedGraph(new PlannedModel(name(), inputs, outputs), inputPlaces(needed), places,
                    List.copyOf(attempt.notes()));
        }

        /** Numbers of the inputs that lead to an output; of the others the report tells. */
        private List<Integer> needed(List<Ref> outputs) {
            Set<PlannedCall> calls = new HashSet<>(PlannedModel.order(outputs));
            List<Integer> needed = new ArrayList<>();
            List<ParsedValue> inputs = model.graph().required();
            for (int input = 0; input < inputs.size(); input++) {
                if (calls.contains(attempt.inputs().refs().get(input).call())) {
                    needed.add(input);
                } else {
                    attempt.note("input " + FormatException.quote(inputs.get(input).name()) + " "
                            + inputs.get(input).shape() + " leads to no output, and the model does not take it");
                }
            }
            return needed;
        }

        private String name() {
            String name = model.graph().name();
            return name.isBlank() || name.contains("/") ? "onnx" : name;
        }

        private List<MappedGraph.InputPlace> inputPlaces(List<Integer> needed) {
            List<MappedGraph.InputPlace> places = new ArrayList<>();
            List<ParsedValue> inputs = model.graph().required();
            for (int input : needed) {
                InputForm form = attempt.inputs().form(input);
                places.add(new MappedGraph.InputPlace(inputs.get(input), form.order(), form.isLengths(),
                        attempt.inputs().tracked(input).isWhole()));
            }
            return places;
        }
    }
}
