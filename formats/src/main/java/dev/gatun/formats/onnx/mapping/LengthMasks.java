package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.Multiply;
import dev.gatun.layers.Reduction;
import java.util.ArrayList;
import java.util.List;

/** Lengths of sequences as masks. */
final class LengthMasks {

    private LengthMasks() {}

    /** @param time of the sequences, or -1 */
    static Ref of(NodeCall call, Tracked lengths, long time) {
        GraphInputs inputs = call.graph().inputs();
        InputForm form = inputs.form(inputs.find(lengths));
        if (form.lengths() == null) {
            if (lengths.onnx().rank() != 1) {
                throw new NotMapped("reads lengths of axes " + lengths.onnx() + ", expected one for each sample");
            }
            throw new Evidence(form.lengths(time));
        }
        call.graph()
                .note(call.node().label()
                        + " gives zeros where a sequence has ended, and zeros as states of one without a"
                        + " step, as ONNX Runtime does; the standard does not say it");
        return lengths.ref();
    }

    /** States of samples without a step end as zeros: so they begin as zeros. */
    static List<Ref> startingAt(NodeCall call, List<Ref> states, Ref mask) {
        Ref any = PlannedCall.of(call.graph().plain(call.wish() + "_any",
                Reduction.of(Reduction.Function.ANY, 1).keepDims(true)), mask).output(0);
        List<Ref> begun = new ArrayList<>();
        for (Ref state : states) {
            begun.add(new PlannedCall(call.graph().plain(call.wish() + "_start", Multiply.of()), List.of(state, any),
                    List.of(), null).output(0));
        }
        return begun;
    }
}
