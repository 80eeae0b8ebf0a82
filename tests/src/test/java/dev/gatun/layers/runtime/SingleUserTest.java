package dev.gatun.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The doors of a model, one thread at a time: who is let in, who is told what, and when they are closed for good. */
final class SingleUserTest {

    private final ModelUsers users = new ModelUsers("x");
    private final SingleUser model = users.own();
    private final SingleUser stream = users.open("Stream", "model.stream()");

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
    }

    /** What another thread, of this name, is told. */
    private static String other(String name, Runnable call) throws InterruptedException {
        String[] said = new String[1];
        Thread thread = Thread.ofPlatform().name(name).start(() -> {
            try {
                call.run();
            } catch (IllegalStateException refused) {
                said[0] = refused.getMessage();
            }
        });
        thread.join();
        return said[0];
    }

    @Test
    void theThreadInsideMayGoInAgain() throws InterruptedException {
        Thread.currentThread().setName("main");
        stream.enter("step");
        stream.enter("reset it");
        stream.exit();
        assertEquals(
                "Stream of model 'x' is in use by thread 'main' (step), so thread 'b' cannot warm up; give each thread "
                        + "its own model.stream()",
                other("b", () -> stream.enter("warm up")));
        stream.exit();
        assertEquals(null, other("b", () -> {
            stream.enter("step");
            stream.exit();
        }));
        try (SingleUser.Use use = stream.use("reset it")) {
            String said = other("b", () -> stream.useAlone("train"));
            assertTrue(said.contains("'main' (reset), so thread 'b' cannot train; give each"), said);
        }
        assertEquals(null, other("b", () -> stream.use("step").close()));
    }

    @Test
    void aThreadWithoutANameHasANumber() throws InterruptedException {
        stream.enter("step");
        String[] said = new String[1];
        Thread nameless = Thread.ofVirtual()
                .start(() -> said[0] = assertThrows(IllegalStateException.class, () -> stream.enter("step"))
                        .getMessage());
        nameless.join();
        assertTrue(said[0].contains("so thread '#" + nameless.threadId() + "' cannot step"), said[0]);
        stream.exit();
    }

    @Test
    void whatCannotBeDoneFromInsideIsRefused() {
        Thread.currentThread().setName("main");
        try (SingleUser.Use use = model.useAlone("train")) {
            refused("Model 'x' is in use by thread 'main' (train), which cannot train from inside, for example in a "
                    + "callback; let the work end first", () -> model.useAlone("train"));
            refused("Model 'x' is in use by thread 'main' (train), which cannot close it from inside, for example in a "
                    + "callback; let the work end first", users::closeAll);
            refused("Model 'x' is in use by thread 'main' (train), which cannot close it from inside, for example in a "
                    + "callback; let the work end first", model::close);
            model.use("predict").close();
        }
        model.useAlone("train").close();
    }

    @Test
    void aDoorIsClosedOnce() {
        assertFalse(stream.isClosed());
        assertTrue(stream.close());
        assertFalse(stream.close());
        assertTrue(stream.isClosed());
        refused("Stream of model 'x' is closed; take another with model.stream()", () -> stream.enter("step"));
        refused("Stream of model 'x' is closed; take another with model.stream()", stream::requireOpen);
        SingleUser another = users.open("Stream", "model.stream()");
        another.use("step").close();
        another.requireOpen();
        assertTrue(users.closeAll(), "a stream that is closed does not stand in the way");
    }

    @Test
    void allDoorsCloseTogether() {
        assertTrue(users.closeAll());
        assertFalse(users.closeAll());
        refused("Stream of model 'x' is closed, for its model is closed; load the model again, or close it later",
                () -> stream.enter("step"));
        refused("Model 'x' is closed; its weights are gone. Load it again, or close it later",
                () -> model.enter("predict"));
        refused("Model 'x' is closed; its weights are gone. Load it again, or close it later",
                () -> users.open("Stream", "model.stream()"));
        assertFalse(stream.close());
    }

    /** Or not at all: whoever was let in nowhere finds every door open afterwards. */
    @Test
    void aModelIsNotClosedUnderAThread() throws InterruptedException {
        SingleUser predictor = users.open("Predictor", "model.predictor()");
        Thread.currentThread().setName("main");
        predictor.enter("predict");
        assertEquals(
                "Predictor of model 'x' is in use by thread 'main' (predict), so thread 'b' cannot close the model; "
                        + "let the work end first",
                other("b", users::closeAll));
        assertEquals(null, other("b", () -> {
            stream.use("step").close();
            model.use("predict").close();
        }));
        predictor.exit();
        assertTrue(users.closeAll());
        refused("Predictor of model 'x' is closed, for its model is closed; load the model again, or close it later",
                () -> predictor.enter("predict"));
    }
}
