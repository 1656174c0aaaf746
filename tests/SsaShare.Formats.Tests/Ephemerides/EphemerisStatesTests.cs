namespace SsaShare.Formats.Tests;

public sealed class EphemerisStatesTests
{
    [Fact]
    public void Interpret_OperatorsState_IsInGcrfWithItsCovariance()
    {
        var values = EphemerisText.Values(EphemerisText.Read(ModItcFormat.ModItc, ModItcTests.Text, name: "MEME_44713_STARLINK-1007_1151938_Operational_1_UNCLASSIFIED.txt"));
        var (segment, point, covariance) = (values.OfType<EphemerisSegment>().Single(), values.OfType<EphemerisPoint>().First(), values.OfType<EphemerisCovariance>().First());
        Assert.Null(EphemerisStates.Interpret(segment, point, covariance, out var state));
        Assert.Equal(("44713", Frame.Gcrf, "2026-04-25T19:38:42Z"), (state!.ObjectTag, state.State.Frame, state.State.Epoch.ToString()));
        Assert.Equal(point.PositionKm!.Value.Norm, state.State.PositionKm.Norm, 1e-9);
        // The trace of the position does not change with the axes.
        var lower = covariance.LowerKmAndS;
        Assert.Equal(lower[0] + lower[2] + lower[5], state.Covariance!.PositionSigmaKm * state.Covariance.PositionSigmaKm, 1e-15);
    }

    [Fact]
    public void Interpret_LaserRangingPrediction_LacksAVelocity()
    {
        var values = EphemerisText.Values(EphemerisText.Read(CpfFormat.Cpf, EphemerisFuzzTests.Cpf));
        var segment = values.OfType<EphemerisSegment>().Single();
        var points = values.OfType<EphemerisPoint>().ToList();
        Assert.Null(EphemerisStates.Interpret(segment, points[0], null, out var state));
        Assert.Equal((Frame.Itrf, "2018-06-12T23:59:42Z", 29234.902063), (state!.State.Frame, state.State.Epoch.ToString(), state.State.PositionKm.Y));
        Assert.Equal("a position at transmission or reception, or with a leap second flag", EphemerisStates.Interpret(segment, points[1], null, out _));
        Assert.Equal("no cartesian position and velocity", EphemerisStates.Interpret(segment, points[2], null, out _));
        Assert.Equal("the frame 1 is not kept", EphemerisStates.Interpret(segment with { Frame = EphemerisFrame.TrueOfDate, FrameName = "1" }, points[0], null, out _));
        Assert.Equal("not about the Earth", EphemerisStates.Interpret(segment with { Center = "MOON" }, points[0], null, out _));
        Assert.Equal("times in Tdb are not kept", EphemerisStates.Interpret(segment with { TimeSystem = EphemerisTimeSystem.Tdb }, points[0], null, out _));
    }
}
