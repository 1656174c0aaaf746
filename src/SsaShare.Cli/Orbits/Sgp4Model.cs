using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>SGP4 in its improved mode with WGS-72, many objects and times at once, turned into the frame that is wanted.</summary>
/// <param name="rotation">Of the Earth.</param>
/// <param name="frame">Wanted.</param>
internal sealed class Sgp4Model(EarthRotation rotation, Frame frame) : IOrbitModel
{
    public string? Objection(OrbitStart start) => start.Elements is null ? "a state, while SGP4 needs elements; take --model numerical" : null;

    // Only the turn of the Earth asks for its orientation by metres.
    public IReadOnlyList<string> Warnings(Epoch first, Epoch last) => frame == Frame.Itrf && rotation.Orientation.Warning(first, last) is { } warning ? [warning] : [];

    public void Propagate(IReadOnlyList<ObjectTrack> tracks, PropagationTimes times, int first, int count)
    {
        var batch = new Sgp4Batch(tracks.Select(track => track.Start.Elements!));
        var states = batch.CreateStates(count);
        if (times.IsShared)
        {
            var epochs = new Epoch[count];
            for (int i = 0; i < count; i++) epochs[i] = times.At(first + i, default);
            batch.Propagate(epochs, states, Environment.ProcessorCount);
        }
        else
        {
            double[] minutes = new double[count];
            for (int i = 0; i < count; i++) minutes[i] = times.MinutesAt(first + i);
            batch.PropagateMinutes(minutes, states);
        }
        Parallel.For(0, tracks.Count, index => Fill(tracks[index], states, index));
    }

    private void Fill(ObjectTrack track, Sgp4States states, int index)
    {
        track.Frame = frame;
        for (int i = 0; i < track.Count; i++)
        {
            var state = states[index, i];
            if (!state.IsValid) track.Fail(i, $"SGP4 error {(int)state.Error}: {state.Error.Describe()}");
            else if (frame == Frame.Teme) (track.PositionKm[i], track.VelocityKmPerS[i]) = (state.PositionKm, state.VelocityKmPerS);
            else
            {
                var turned = rotation.To(new CartesianState(track.Epochs[i], Frame.Teme, state.PositionKm, state.VelocityKmPerS), frame);
                (track.PositionKm[i], track.VelocityKmPerS[i]) = (turned.PositionKm, turned.VelocityKmPerS);
            }
        }
    }
}
