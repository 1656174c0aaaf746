namespace SsaShare.Formats.Tests;

public sealed class OdmReaderTests
{
    [Fact]
    public void Read_AnOpm_GivesItsState()
    {
        var item = Assert.Single(OdmText.Read(OdmText.Opm));
        Assert.Equal("2020-001A", item.State!.ObjectTag);
        Assert.Equal("2026-05-01T12:00:00.500Z", item.State.State.Epoch.ToString());
        Assert.Equal((Frame.Gcrf, new Vector3d(7_000, 0, 0), new Vector3d(0, 5, 5.5)), (item.State.State.Frame, item.State.State.PositionKm, item.State.State.VelocityKmPerS));
        Assert.Null(item.State.Covariance);
    }

    [Fact]
    public void Read_AnOmm_GivesItsElements()
    {
        var elements = Assert.Single(OdmText.Read(OdmText.Omm)).Elements!;
        Assert.Equal("45001", elements.ObjectTag);
        Assert.Equal("2026-05-01T12:00:00.500Z", elements.Epoch.ToString());
        Assert.Equal((15.5, 0.0007, 0.12e-3, 0.15e-4, 0), (elements.MeanMotionRevPerDay, elements.Eccentricity, elements.BStarPerEarthRadii, elements.MeanMotionDotRevPerDay2, elements.MeanMotionDDotRevPerDay3));
        Assert.Equal(51.64 * Math.PI / 180, elements.InclinationRad, 1e-12);
        Assert.Equal(1.5 * Math.PI, elements.RightAscensionOfNodeRad, 1e-12);
        Assert.Equal(1.5 * Math.PI, elements.ArgumentOfPericenterRad, 1e-12);
        Assert.Equal(Math.PI, elements.MeanAnomalyRad, 1e-12);
    }

    [Fact]
    public void Read_SeveralMessages_KeepsThoseThatAreWhole()
    {
        var items = OdmText.Read($"\uFEFF\n{OdmText.Opm}\n{OdmText.Omm.Replace("15.5", "a lot", StringComparison.Ordinal)}\r\n{OdmText.Omm}\n{OdmText.Opm}");
        Assert.Equal((2, 1, 1), (items.Count(item => item.State is not null), items.Count(item => item.Elements is not null), items.Count(item => item.Issue is not null)));
        var issue = items.Single(item => item.Issue is not null).Issue!;
        Assert.Equal(("MEAN_MOTION", "a lot", 31), (issue.Field, issue.Value, (int)issue.Line));
    }

    [Theory]
    [InlineData("UNKNOWN", "UNKNOWN", null)]
    [InlineData("unknown", "TESTSAT", "TESTSAT")]
    [InlineData("", "N/A", null)]
    [InlineData("2020-001A", "TESTSAT", "2020-001A")]
    public void Read_Tags_TakesNoWordThatNamesNoObject(string id, string name, string? tag)
    {
        string text = OdmText.Opm.Replace("2020-001A", id, StringComparison.Ordinal).Replace("TESTSAT", name, StringComparison.Ordinal);
        Assert.Equal(tag, Assert.Single(OdmText.Read(text)).State!.ObjectTag);
    }

    [Theory]
    [InlineData("ICRF", Frame.Gcrf)]
    [InlineData("TEME", Frame.Teme)]
    [InlineData("ITRF2000", Frame.Itrf)]
    [InlineData("itrf-97", Frame.Itrf)]
    public void Read_Frames_AreKept(string name, Frame frame)
        => Assert.Equal(frame, Assert.Single(OdmText.Read(OdmText.Opm.Replace("GCRF", name, StringComparison.Ordinal))).State!.State.Frame);

    [Fact]
    public void Read_Eme2000_IsTurnedByTheFrameBias()
    {
        var state = Assert.Single(OdmText.Read(OdmText.Opm.Replace("GCRF", "EME2000", StringComparison.Ordinal))).State!.State;
        // IERS: the mean equinox of J2000.0 lies at a right ascension of -14.6 mas, its pole at (-16.617, -6.819) mas of GCRF.
        const double mas = Math.PI / 180 / 3_600_000;
        Assert.Equal(-14.6 * mas * 7_000, state.PositionKm.Y, 1e-9);
        Assert.Equal(16.617 * mas * 7_000, state.PositionKm.Z, 1e-9);
        Assert.Equal(7_000, state.PositionKm.Norm, 1e-9);
        Assert.Equal(Math.Sqrt(5 * 5 + 5.5 * 5.5), state.VelocityKmPerS.Norm, 1e-12);
        Assert.Equal(14.6 * mas * 5 - 16.617 * mas * 5.5, state.VelocityKmPerS.X, 1e-12);
    }

    [Theory]
    [InlineData("", 0.01, 4, 0.25)]
    [InlineData("GCRF", 0.01, 4, 0.25)]
    [InlineData("RTN", 0.01, 0, 0)]
    [InlineData("RSW", 0.01, 0, 0)]
    [InlineData("TNW", 4, 0, 0)]
    public void Read_Covariances_AreTurnedIntoTheFrameOfTheState(string frame, double x, double y, double z)
    {
        var orbit = Assert.Single(OdmText.Read(OdmText.WithCovariance(OdmText.Opm, frame))).State!;
        var p = orbit.Covariance!;
        // Radial is x here; along the track (0, 5, 5.5), out of plane (0, -5.5, 5).
        Vector3d along = orbit.State.VelocityKmPerS.Unit(), normal = orbit.State.PositionKm.Cross(orbit.State.VelocityKmPerS).Unit();
        Assert.Equal(x, p[0, 0], 1e-12);
        if (y > 0) Assert.Equal((y, z), (p[1, 1], p[2, 2]));
        if (frame is "RTN" or "RSW") Assert.Equal((4, 0.25), (Math.Round(Variance(p, along, 0), 9), Math.Round(Variance(p, normal, 0), 9)));
        if (frame is "TNW") Assert.Equal((0.01, 0.25), (Math.Round(Variance(p, along, 0), 9), Math.Round(Variance(p, normal, 0), 9)));
        Assert.Equal(frame is "TNW" ? 1e-6 : frame.StartsWith('R') ? 2e-6 : Variance(p, along, 3), Variance(p, along, 3), 1e-15);
    }

    [Fact]
    public async Task ReadAsync_InPiecesOfOneByte_GivesTheSame()
    {
        var items = new List<OdmItem>();
        await foreach (var item in new OdmReader(new Trickle(System.Text.Encoding.ASCII.GetBytes(OdmText.Opm + "\n" + OdmText.Omm)), new OdmReadOptions { FileName = "x", Now = TestFiles.Now }).ReadAsync(TestContext.Current.CancellationToken))
            items.Add(item);
        Assert.Equal(OdmText.Read(OdmText.Opm + "\n" + OdmText.Omm), items);
    }

    private static double Variance(Covariance6 p, Vector3d axis, int block)
    {
        double[] a = [axis.X, axis.Y, axis.Z];
        double sum = 0;
        for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) sum += a[i] * p[block + i, block + j] * a[j];
        return sum;
    }

    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));
    }
}
