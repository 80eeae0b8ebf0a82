/// Amplifiers of Neural Amp Modeler.
package dev.gatun.formats.nam;
