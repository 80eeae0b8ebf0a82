package dev.gatun.formats.onnx;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.formats.ModelImporter;
import dev.gatun.formats.onnx.graph.OnnxParser;
import dev.gatun.formats.onnx.graph.OnnxSignature;
import dev.gatun.formats.onnx.graph.ParsedGraph;
import dev.gatun.formats.onnx.graph.ParsedModel;
import dev.gatun.formats.onnx.graph.ParsedValue;
import dev.gatun.formats.onnx.mapping.MappedGraph;
import dev.gatun.formats.onnx.mapping.OnnxMapping;
import dev.gatun.formats.onnx.mapping.OutputForm;
import dev.gatun.formats.onnx.mapping.UnmappedException;
import dev.gatun.formats.onnx.mapping.WrittenChains;
import dev.gatun.formats.onnx.own.OwnEntries;
import dev.gatun.formats.onnx.own.OwnModel;
import dev.gatun.formats.onnx.plan.ModelBuilding;
import dev.gatun.formats.onnx.run.RecurrentNotes;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads ONNX files, opsets 7 to 23, as models of layers: recurrent nodes, and what stands around them. The models take samples
 * first, whatever the graph does; {@link OnnxAxes} moves tensors between both.
 */
public final class OnnxFormat implements ModelImporter {

    /** Called by {@link java.util.ServiceLoader}; to read a file with its report, use {@link #of}. */
    public OnnxFormat() {}

    @Override
    public String name() {
        return "ONNX";
    }

    @Override
    public List<String> endings() {
        return List.of(".onnx");
    }

    @Override
    public boolean recognises(ModelSource source) {
        Arguments.required(source, "OnnxFormat.recognises", "source", "what ModelSource.of gives");
        return !source.isFolder() && OnnxSignature.matches(source.start());
    }

    /**
     * Reads a file and says what of it became what.
     *
     * @param path of a file of any file system
     * @return to be closed
     * @throws FormatException for any file that is not a sound ONNX file, or is no model of layers: names all nodes that are none
     */
    public static Imported of(Path path) throws FormatException {
        Arguments.required(path, "OnnxFormat.of", "path", "the path of an .onnx file");
        return new OnnxFormat().read(path);
    }

    @Override
    public Imported read(ModelSource source) throws IOException {
        Arguments.required(source, "OnnxFormat.read", "source", "what ModelSource.of gives");
        ParsedModel parsed = OnnxParser.parse(source);
        OwnModel own = OwnModel.of(parsed);
        if (own.model() != null) {
            return reported(source, parsed, own);
        }
        try {
            return withNote(own.note(), built(source, parsed, OnnxMapping.map(parsed)));
        } catch (UnmappedException told) {
            throw refused(parsed, told.getMessage(), told);
        } catch (OutOfMemoryError | StackOverflowError tooLarge) {
            throw new FormatException(source.name(), "does not fit the memory of this JVM; give it more with -Xmx")
                    .because(tooLarge);
        } catch (RuntimeException told) {
            throw refused(parsed, FormatException.reason(told), told);
        }
    }

    /** Its inputs and outputs lie as the graph's do. */
    private static Imported reported(ModelSource source, ParsedModel parsed, OwnModel own) {
        Model model = own.model();
        try {
            keepMetadata(model, parsed);
            new OnnxAxes(asTheyLie(parsed.graph().inputs(), model.inputNames().size()),
                    asTheyLie(parsed.graph().outputs(), model.outputNames().size())).keep(model);
            return new Imported(model, new ImportReport(made(source, parsed), own.layers(), List.of(own.note())));
        } catch (RuntimeException | Error failed) {
            model.close();
            throw failed;
        }
    }

    private static List<OnnxPlace> asTheyLie(List<ParsedValue> values, int count) {
        return values.subList(0, count).stream().map(value -> new OnnxPlace(value.name(),
                IntStream.range(0, value.axes().size()).boxed().toList(), false)).toList();
    }

    private static Imported withNote(String note, Imported read) {
        if (note.isEmpty()) {
            return read;
        }
        List<String> notes = new ArrayList<>(List.of(note));
        notes.addAll(read.report().notes());
        return new Imported(read.model(), new ImportReport(read.report().source(), read.report().layers(), notes));
    }

    /** With layers for what is written out step by step, if they go together. */
    private static Imported built(ModelSource source, ParsedModel parsed, MappedGraph mapped) {
        MappedGraph joined = WrittenChains.joined(mapped);
        if (joined != mapped) {
            ModelBuilding.Built built;
            try {
                built = ModelBuilding.build(joined.model());
            } catch (IllegalArgumentException unfit) {
                return reported(source, parsed, mapped, ModelBuilding.build(mapped.model()));
            }
            return reported(source, parsed, joined, built);
        }
        return reported(source, parsed, mapped, ModelBuilding.build(mapped.model()));
    }

    private static Imported reported(ModelSource source, ParsedModel parsed, MappedGraph mapped,
            ModelBuilding.Built built) {
        try {
            keepMetadata(built.model(), parsed);
            axes(mapped).keep(built.model());
            return new Imported(built.model(), new ImportReport(made(source, parsed), built.layers(),
                    notes(parsed.graph(), mapped, built)));
        } catch (RuntimeException | Error failed) {
            built.model().close();
            throw failed;
        }
    }

    private static void keepMetadata(Model model, ParsedModel parsed) {
        model.metadata().putAll(OwnEntries.without(OnnxAxes.without(parsed.metadata())));
    }

    private static String made(ModelSource source, ParsedModel parsed) {
        return source.name() + " (ONNX, opset " + parsed.opset()
                + (parsed.producer().isEmpty() ? "" : ", written by " + parsed.producer()) + ")";
    }

    /** What is no model of layers may still run. */
    private static FormatException refused(ParsedModel parsed, String reason, RuntimeException cause) {
        String runs;
        try {
            OnnxRunner.of(parsed);
            runs = "; OnnxRunner runs it as it stands";
        } catch (FormatException told) {
            runs = "; nor does it run as it stands: " + told.getMessage().substring(parsed.file().length() + 2);
        }
        return new FormatException(parsed.file(), "is no model of layers: " + reason + runs).because(cause);
    }

    private static OnnxAxes axes(MappedGraph mapped) {
        List<OnnxPlace> inputs = new ArrayList<>();
        for (MappedGraph.InputPlace place : mapped.inputs()) {
            Integer[] axes = new Integer[place.order().size()];
            for (int axis = 0; axis < axes.length; axis++) {
                axes[place.order().get(axis)] = axis;
            }
            inputs.add(new OnnxPlace(place.value().name(), Arrays.asList(axes), place.isLengths()));
        }
        List<OnnxPlace> outputs = new ArrayList<>();
        for (OutputForm output : mapped.outputs()) {
            outputs.add(new OnnxPlace(output.name(), output.axes(), false));
        }
        return new OnnxAxes(inputs, outputs);
    }

    private static List<String> notes(ParsedGraph graph, MappedGraph mapped, ModelBuilding.Built built) {
        List<String> notes = new ArrayList<>();
        Model model = built.model();
        for (int place = 0; place < mapped.inputs().size(); place++) {
            MappedGraph.InputPlace input = mapped.inputs().get(place);
            notes.add("input " + FormatException.quote(input.value().name()) + " " + input.value().shape() + " of "
                    + input.value().type() + " is " + model.inputNames().get(place) + " "
                    + model.inputShapes().get(place) + " here" + said(input));
        }
        for (int output = 0; output < mapped.outputs().size(); output++) {
            OutputForm form = mapped.outputs().get(output);
            notes.add("output " + FormatException.quote(form.name()) + " is " + model.outputNames().get(output) + " "
                    + model.outputShapes().get(output) + " here, its axes in ONNX are " + axes(form));
        }
        notes.addAll(RecurrentNotes.of(graph));
        notes.addAll(mapped.notes());
        return notes;
    }

    private static String said(MappedGraph.InputPlace input) {
        int batch = input.order().getFirst();
        String free = input.value().axes().get(batch).size() == ParsedValue.UNKNOWN
                ? ""
                : ", for any number of samples";
        if (input.isLengths()) {
            return ", a mask";
        }
        boolean isMoved = false;
        for (int axis = 0; axis < input.order().size(); axis++) {
            isMoved |= input.order().get(axis) != axis;
        }
        return free + (isMoved ? ", its axes are those of ONNX in the order " + input.order() : "");
    }

    private static String axes(OutputForm form) {
        return form.axes().stream().map(axis -> axis == OnnxPlace.NONE ? "a new one of size 1" : String.valueOf(axis))
                .toList()
                .toString();
    }
}
