package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.value.Tracked;

/** Gives the step of a sequence that a loop is at. */
interface StepReader {

    /** @param axis of the steps */
    Tracked at(Tracked sequence, int axis);
}
