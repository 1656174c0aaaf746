using System.Globalization;
using System.Text.Json;
using SsaShare.Cli.Tests.Orbits;
using SsaShare.Domain;
using SsaShare.Orbits.Tests;

namespace SsaShare.Cli.Tests.Conjunctions;

/// <summary>`ssa pc` on a message whose answer is known in closed form, on published ones, and on bad ones.</summary>
public sealed class PcTests : IDisposable
{
    private const double RadiusM = CrossingMessage.RadiusM, SigmaM = CrossingMessage.SigmaM, MissM = CrossingMessage.MissM;

    private readonly OrbitFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_OfARoundError_HasTheAnswerInClosedForm()
    {
        var one = Assert.Single(await AssessAsync(0, _folder.Write("a.cdm", CrossingMessage.Text())));
        Assert.Equal(_folder.In("a.cdm"), one.GetProperty("file").GetString());
        Assert.Equal(MissM, Number(one, "miss_m"), 1e-3);
        Assert.Equal(MissM / SigmaM, Number(one, "mahalanobis"), 1e-6);
        // A body small against the error, with the next term of the series in its radius.
        double u = MissM * MissM / (2 * SigmaM * SigmaM), v = RadiusM * RadiusM / (2 * SigmaM * SigmaM), expected = Math.Exp(-u) * v * (1 + v * (u - 1) / 2);
        Assert.Equal(1, Number(one, "pc_2d") / expected, 1e-6);
        Assert.Equal(1, Number(one, "nc_2d") / expected, 1e-2);
        Assert.Equal(1, Number(one, "nc_3d") / expected, 1e-2);
        // Its maximum stands where the squared distance is 2: R²/(e·m²).
        Assert.Equal(1, Number(one, "pc_max") / (RadiusM * RadiusM / (Math.E * MissM * MissM)), 1e-3);
        Assert.Equal("pc_2d", one.GetProperty("recommended").GetString());
        Assert.Equal(JsonValueKind.Null, one.GetProperty("monte_carlo").ValueKind);
        // Sigmas larger than those of the maximum.
        Assert.Contains(one.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.StartsWith("Diluted: with sigmas ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Json_WithTrials_HasAnIntervalAroundTheAnswer()
    {
        var one = Assert.Single(await AssessAsync(0, _folder.Write("a.cdm", CrossingMessage.Text()), "--radius-m", "100", "--method", "monte_carlo", "--trials", "40000"));
        var trials = one.GetProperty("monte_carlo");
        Assert.InRange(Number(one, "pc_2d"), Number(trials, "low"), Number(trials, "high"));
        Assert.Equal((100, 40_000), (Number(one, "radius_m"), Number(trials, "trials")));
        Assert.Equal(JsonValueKind.Null, one.GetProperty("pc_max").ValueKind);
    }

    [Theory]
    [InlineData("cdm-xml")]
    [InlineData("cdm-json")]
    public async Task Json_OfOtherSyntaxes_IsTheSame(string format)
    {
        string kvn = _folder.Write("a.cdm", CrossingMessage.Text()), other = _folder.In("b.cdm");
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("convert", kvn, "--to", format, "-o", other));
        JsonElement[] both = await AssessAsync(0, kvn, other);
        Assert.Equal(Number(both[0], "pc_2d"), Number(both[1], "pc_2d"));
        Assert.Equal(Number(both[0], "nc_3d"), Number(both[1], "nc_3d"));
    }

    [Fact]
    public async Task Json_OfStatesThatTurnWithTheEarth_IsTheSame()
    {
        JsonElement[] both = await AssessAsync(0, _folder.Write("a.cdm", CrossingMessage.Text()), _folder.Write("b.cdm", CrossingMessage.Text(Frame.Itrf)));
        Assert.Equal(1, Number(both[1], "pc_2d") / Number(both[0], "pc_2d"), 1e-6);
        Assert.Equal(1, Number(both[1], "nc_3d") / Number(both[0], "nc_3d"), 1e-6);
    }

    [Fact]
    public async Task Table_OfGoodAndBadFiles_ShowsTheGoodAndTellsTheBad()
    {
        string good = _folder.Write("good.cdm", CrossingMessage.Text()), bad = _folder.Write("bad.cdm", CrossingMessage.Text().Replace("\nX = ", "\nX = x", StringComparison.Ordinal));
        string bare = _folder.Write("bare.cdm", CrossingMessage.Text().Replace("COMMENT HBR", "COMMENT Other", StringComparison.Ordinal)), elements = _folder.Write("a.tle", OrbitFolder.Station);
        string zero = _folder.Write("zero.cdm", CrossingMessage.Text(sigmaM: 0));
        var end = await OrbitFolder.SsaAsync("pc", good, bad, bare, elements, zero);
        Assert.True(end.ExitCode == 1, end.ToString());
        foreach (string said in (string[])["bad.cdm:18: X: x7000.000000000000: message refused: not a number", "bare.cdm:1: COMMENT HBR: ", "give --radius-m", "a.tle:1: file: tle: has no conjunctions", "zero.cdm:1: no probability: A covariance is missing"]) Assert.Contains(said, end.Errors, StringComparison.Ordinal);
        Assert.StartsWith("MESSAGE ", end.Output, StringComparison.Ordinal);
        foreach (string shown in (string[])["00001 x 00002", "pc_2d = 3.631E-5", "good.cdm, 00001 x 00002: Straight lines will do: ", "warning: "]) Assert.Contains(shown, end.Output, StringComparison.Ordinal);
    }

    /// <summary>States without an orbital plane have no axes for their covariance: such a message is refused, and the others are assessed.</summary>
    [Theory]
    [InlineData("0")]
    [InlineData("7.5")]
    public async Task StateWithoutAPlane_IsRefusedAndTheRestAssessed(string up)
    {
        string text = CrossingMessage.Text().Replace("\nX_DOT = 0.000000000000000 [km/s]\nY_DOT = 7.500000000000000 [km/s]", $"\nX_DOT = {up} [km/s]\nY_DOT = 0 [km/s]", StringComparison.Ordinal);
        var end = await OrbitFolder.SsaAsync("pc", _folder.Write("flat.cdm", text), _folder.Write("good.cdm", CrossingMessage.Text()), "--method", "pc_2d");
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains("flat.cdm:1: stateVector: 1: position and velocity of OBJECT1 are parallel, or one of them is zero", end.Errors, StringComparison.Ordinal);
        Assert.Contains("pc_2d = 3.631E-5", end.Output, StringComparison.Ordinal);
    }

    /// <summary>Programs find each message in the array, also one that was refused, and an array also where none is read.</summary>
    [Fact]
    public async Task Json_OfRefusedMessages_HasThemWithTheReason()
    {
        string bare = _folder.Write("bare.cdm", CrossingMessage.Text().Replace("COMMENT HBR", "COMMENT Other", StringComparison.Ordinal));
        var one = Assert.Single(await AssessAsync(1, bare));
        Assert.Equal("1", one.GetProperty("message_id").GetString());
        Assert.Equal("2024-11-01T00:00:00Z", one.GetProperty("tca_utc").GetString());
        foreach (string name in (string[])["pc_2d", "miss_m", "recommended", "recommended_probability"]) Assert.Equal(JsonValueKind.Null, one.GetProperty(name).ValueKind);
        Assert.Contains("give --radius-m", one.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        JsonElement[] both = await AssessAsync(1, bare, _folder.Write("good.cdm", CrossingMessage.Text()));
        Assert.Equal([.. both[0].EnumerateObject().Select(property => property.Name)], both[1].EnumerateObject().Select(property => property.Name));
        Assert.Empty(await AssessAsync(1, _folder.Write("a.tle", OrbitFolder.Station)));
    }

    [Fact]
    public async Task Json_OfAMissingCovariance_HasADefaultOnlyWhereAllowed()
    {
        string zero = _folder.Write("zero.cdm", CrossingMessage.Text(sigmaM: 0));
        var one = Assert.Single(await AssessAsync(1, zero));
        Assert.Equal(JsonValueKind.Null, one.GetProperty("recommended").ValueKind);
        one = Assert.Single(await AssessAsync(0, zero, "--default-covariance"));
        Assert.InRange(Number(one, "pc_2d"), 1e-9, 1e-3);
        Assert.Contains(one.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.StartsWith("Covariance of the second object: A default of ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Json_OfAStatedErrorOfTheAir_HasTheCorrectedFigureBesideAndUsesItWhenTold()
    {
        // Up and down both objects move alike: 300 m each of 354 m of their own, so of 2 x 125,000 m² of variance 2 x 90,000 m² cancel.
        string plain = CrossingMessage.Text(), stated = _folder.Write("a.cdm", plain.Replace("\nX = ", """

            COMMENT DCP Density Forecast Uncertainty=3.0E-01 
            COMMENT DCP Sensitivity Vector RTN Pos=1.0E+03 0.0  0.0 [m]
            COMMENT DCP Sensitivity Vector RTN Vel = 0.0 0.0 0.0 [m/sec]
            X = 
            """.ReplaceLineEndings("\n"), StringComparison.Ordinal));
        double up = Math.Sqrt(SigmaM * SigmaM - 180_000), expected = RadiusM * RadiusM / (2 * SigmaM * up) * Math.Exp(-MissM * MissM / (2 * up * up));
        var one = Assert.Single(await AssessAsync(0, stated));
        var apart = Assert.Single(await AssessAsync(0, _folder.Write("b.cdm", plain)));
        Assert.Equal(Number(apart, "pc_2d"), Number(one, "pc_2d"));
        Assert.Equal(JsonValueKind.Null, apart.GetProperty("shared_error").ValueKind);
        Assert.Equal(1, Number(one.GetProperty("shared_error"), "pc_2d") / expected, 1e-3);
        Assert.False(one.GetProperty("shared_error").GetProperty("used").GetBoolean());
        Assert.Contains(one.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.StartsWith("Both objects share the error", StringComparison.Ordinal));
        one = Assert.Single(await AssessAsync(0, stated, "--shared-error"));
        Assert.True(one.GetProperty("shared_error").GetProperty("used").GetBoolean());
        foreach (string figure in (string[])["pc_2d", "nc_2d", "nc_3d"]) Assert.Equal(1, Number(one, figure) / expected, 1e-2);
        Assert.DoesNotContain(one.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.Contains("share", StringComparison.Ordinal));
        apart = Assert.Single(await AssessAsync(0, _folder.In("b.cdm"), "--shared-error"));
        Assert.Contains(apart.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.StartsWith("--shared-error: the message does not state", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Json_OfAMethodWithoutAnswer_NamesItAsTheOutputDoes()
    {
        // Side by side on one orbit, 400 m apart and nearly at rest.
        string text = CrossingMessage.Text().Replace("Y_DOT = 0.000000000000000", "Y_DOT = 7.500001000000000", StringComparison.Ordinal).Replace("Z_DOT = 7.500000000000000", "Z_DOT = 0.000000000000000", StringComparison.Ordinal);
        var one = Assert.Single(await AssessAsync(0, _folder.Write("a.cdm", text)));
        string[] warnings = [.. one.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)];
        Assert.Equal(JsonValueKind.Null, one.GetProperty("nc_2d").ValueKind);
        Assert.Contains(warnings, warning => warning.StartsWith("nc_2d: No answer: ", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("slower than 10 m/s", StringComparison.Ordinal));
        // No word of the program's own.
        Assert.All(warnings.Append(one.GetProperty("reason").GetString()!), text => Assert.DoesNotMatch("[a-z][A-Z][a-z]", text));
    }

    /// <summary>As the makers of published test messages do it.</summary>
    [Fact]
    public async Task WrongUnitOfAFigureThatIsNotNeeded_IsTakenWithANoticeUnlessStrict()
    {
        string odd = _folder.Write("odd.cdm", CrossingMessage.Text().Replace("10607 [m/s]", "10607 [km]", StringComparison.Ordinal).Replace("COVARIANCE_METHOD", "RESIDUALS_ACCEPTED = 99.1 [\nCOVARIANCE_METHOD", StringComparison.Ordinal));
        var end = await OrbitFolder.SsaAsync("pc", odd, "--to", "json");
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("odd.cdm:7: RELATIVE_SPEED: notice: 10607: passed over: in km; give it in m/s", end.Errors, StringComparison.Ordinal);
        Assert.Contains(": RESIDUALS_ACCEPTED: notice: ", end.Errors, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(end.Output);
        Assert.InRange(Number(document.RootElement[0], "pc_2d"), 3.63e-5, 3.64e-5);
        Assert.Equal(1, await OrbitFolder.SsaHereAsync("pc", odd, "--strict"));
    }

    [Theory]
    [InlineData("--radius-m", "0")]
    [InlineData("--radius-m", "NaN")]
    [InlineData("--trials", "0")]
    public async Task BadOptions_AreRefused(params string[] words) => Assert.Equal(2, await OrbitFolder.SsaHereAsync(["pc", _folder.In("none.cdm"), .. words]));

    [Fact]
    public async Task MissingFile_EndsWith3() => Assert.Equal(3, await OrbitFolder.SsaHereAsync("pc", _folder.In("none.cdm")));

    [Fact]
    public async Task Json_OfPublishedMessages_HasTheirMakersFigures()
    {
        string[][] rows = [.. ReferenceData.Lines("pc/cara-cdms/expected.csv").Select(line => line.Split(','))];
        double Stated(string[] row, string name) => double.Parse(row[Array.IndexOf(rows[0], name)], CultureInfo.InvariantCulture);
        JsonElement[] results = await AssessAsync(0, [.. rows[1..].Select(row => ReferenceData.File($"pc/cara-cdms/{row[0]}.cdm"))]);
        Assert.Equal(27, results.Length);
        var largest = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (row, one) in rows[1..].Zip(results))
        {
            Assert.Equal(row[0], one.GetProperty("message_id").GetString());
            Compare("pc_2d", "Pc2D", 1e-6);
            if (Stated(row, "ViolationsNc2D") == 0) Compare("nc_2d", "Nc2D", 1e-3);
            Compare("nc_3d", "Nc3D", 2e-3);
            // Theirs is that at the stated time.
            double along = Number(one, "moved_s") * Number(one, "relative_speed_m_s"), miss = Number(one, "miss_m");
            Assert.Equal(1, Math.Sqrt(miss * miss + along * along) / Stated(row, "MissDist_m"), 1e-6);
            Compare("radius_m", "HBR_m", 1e-12);

            void Compare(string ours, string theirs, double bound)
            {
                double difference = Math.Abs(Number(one, ours) / Stated(row, theirs) - 1);
                largest[ours] = Math.Max(largest.GetValueOrDefault(ours), difference);
                Assert.True(difference <= bound, $"{row[0]}: {ours} {Number(one, ours)}, {theirs} {Stated(row, theirs)}");
            }
        }
        foreach (var (name, difference) in largest) TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED ssa pc, 27 CARA messages, {name}, largest relative difference {difference:G2}");
    }

    private async Task<JsonElement[]> AssessAsync(int code, params string[] words)
    {
        Assert.Equal(code, await OrbitFolder.SsaHereAsync(["pc", .. words, "--to", "json", "-o", _folder.In("out.json")]));
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.In("out.json"), TestContext.Current.CancellationToken));
        return [.. document.RootElement.Clone().EnumerateArray()];
    }

    private static double Number(JsonElement of, string name) => of.GetProperty(name).GetDouble();
}
