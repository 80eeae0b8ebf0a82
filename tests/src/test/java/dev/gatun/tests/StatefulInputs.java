package dev.gatun.tests;

import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.State;
import dev.gatun.layers.model.Model;
import java.util.List;

/** The inputs of a model whose LSTM is given its first state. */
public record StatefulInputs(Input x, Input h, Input c) {

    public static StatefulInputs of(Input x, int units) {
        return new StatefulInputs(x, Input.shape(units), Input.shape(units));
    }

    public RecurrentOutput through(Lstm lstm) {
        return lstm.on(x, State.of(h, c));
    }

    public Model to(Node... outputs) {
        return Model.of(List.of(x, h, c), List.of(outputs));
    }
}
