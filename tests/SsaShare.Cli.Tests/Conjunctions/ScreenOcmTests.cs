using System.Globalization;
using SsaShare.Cli.Tests.Orbits;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli.Tests.Conjunctions;

/// <summary>`ssa screen` with orbit comprehensive messages and combined ones, through to the conjunction message.</summary>
public sealed class ScreenOcmTests : IDisposable
{
    private const string Dv = "MAN_START\nMAN_ID = B1\nMAN_DEVICE_ID = THR\nMAN_REF_FRAME = RSW_ROTATING\nMAN_COMPOSITION = TIME_RELATIVE, MAN_DURA, DV_X, DV_Y, DV_Z, DV_MAG_SIGMA, DV_DIR_SIGMA\n600 0 0 0.001 0 5 1\nMAN_STOP\n";

    private readonly OrbitFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A covariance in RTN at the only state, ordered either way: at the approach it is calculated, and grown along the track.</summary>
    [Theory]
    [InlineData("LTM", "1e-4 0 4e-4 0 0 9e-4 0 0 0 1e-12 0 0 0 0 1e-12 0 0 0 0 0 1e-12")]
    [InlineData("UTM", "1e-4 0 0 0 0 0 4e-4 0 0 0 0 9e-4 0 0 0 1e-12 0 0 1e-12 0 1e-12")]
    public async Task OcmOfOneState_WithCovariance_IsInTheMessage(string ordering, string values)
    {
        var message = (await MessagesAsync(0, await OcmAsync($"COV_START\nCOV_REF_FRAME = RSW_INERTIAL\nCOV_ORDERING = {ordering}\n0 {values}\nCOV_STOP\n")))[0];
        var own = message.Second;
        Assert.Equal(("00900", "CALCULATED", "N/A"), (own.Designator, own.CovarianceMethod, own.Maneuverable));
        Assert.Equal("DEFAULT", message.First.CovarianceMethod);
        // Half a minute to ten after the state: sigmas of 10, 20 and 30 m, hardly grown.
        Assert.InRange(Math.Sqrt(own.Covariance.Lower[0]), 0.005, 0.03);
        Assert.InRange(Math.Sqrt(own.Covariance.Lower[2]), 0.015, 0.06);
        Assert.InRange(Math.Sqrt(own.Covariance.Lower[5]), 0.02, 0.04);
    }

    /// <summary>The burn of a plan, from either message, moves the approach; the message tells of it, the object can manoeuvre, and the stated error of the burn widens its covariance.</summary>
    [Fact]
    public async Task Plan_ThroughToTheMessage_BurnIsToldAndItsErrorCounts()
    {
        string catalog = Both(), exact = await OcmAsync(Dv.Replace(", DV_MAG_SIGMA, DV_DIR_SIGMA", "", StringComparison.Ordinal).Replace(" 5 1\n", "\n", StringComparison.Ordinal), "exact.ocm"), erring = await OcmAsync(Dv);
        string opm = _folder.Write("plan.opm", await OpmAsync());
        var free = Late(await MessagesAsync(0, catalog));
        var byExact = Late(await MessagesAsync(0, catalog, "--plan", exact));
        var byErring = Late(await MessagesAsync(0, catalog, "--plan", erring));
        var byOpm = Late(await MessagesAsync(0, catalog, "--plan", opm));
        Assert.Equal(("N/A", "YES", "YES", "YES"), (free.Second.Maneuverable, byExact.Second.Maneuverable, byErring.Second.Maneuverable, byOpm.Second.Maneuverable));
        Assert.Equal(byOpm.Second.State, byExact.Second.State);
        Assert.Equal(byOpm.Probability, byExact.Probability);
        Assert.NotEqual(free.Probability!.Value, byExact.Probability!.Value);
        Assert.InRange(free.Second.State.PositionKm.DistanceTo(byExact.Second.State.PositionKm) + Math.Abs(free.Approach.Time.SecondsSince(byExact.Approach.Time)), 0.5, 100);
        Assert.Contains(byExact.Second.Comments, comment => comment.StartsWith("a burn of 1 m/s at 2024-11-01T00:10:00Z is flown, taken as exact", StringComparison.Ordinal));
        Assert.Contains(byErring.Second.Comments, comment => comment.Contains("its size to 5 % and its direction to 1 deg (1 sigma)", StringComparison.Ordinal));
        // 5 % of 1 m/s along the track, 3/4 of a revolution on: about 3 · 0.05 m/s · 3,000 s, some hundred metres.
        double added = Math.Sqrt(byErring.Second.Covariance.Lower[2] - byExact.Second.Covariance.Lower[2]);
        Assert.InRange(added, 0.05, 1);
    }

    /// <summary>Three minutes of thrust along the track by force, acceleration and change of speed: 100 kg, 10 N, no mass used up.</summary>
    [Theory]
    [InlineData("THR_X, THR_Y, THR_Z", "0 10 0")]
    [InlineData("ACC_X, ACC_Y, ACC_Z", "0 1e-4 0")]
    [InlineData("DV_X, DV_Y, DV_Z", "0 0.018 0")]
    public async Task Plan_OfThrust_IsFlown(string composition, string values)
    {
        string man = $"MAN_START\nMAN_ID = B1\nMAN_DEVICE_ID = THR\nMAN_REF_FRAME = RSW_ROTATING\nMAN_COMPOSITION = TIME_ABSOLUTE, MAN_DURA, {composition}\n2024-11-01T00:10:00 180 {values}\nMAN_STOP\n";
        var end = await OrbitFolder.SsaAsync("screen", Both(), "--plan", await OcmAsync(man), "--start", "2024-11-01", "--hours", "0.3", "--threshold-km", "30", "--forces", "light");
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("900: notice: a burn of 18 m/s at 2024-11-01T00:10:00Z is flown", end.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("COV_START\nCOV_TYPE = ADBARV\n0 1 0 1 0 0 1 0 0 0 1 0 0 0 0 1 0 0 0 0 0 1\nCOV_STOP\n", "COV_TYPE: ADBARV: not of position and velocity")]
    [InlineData("COV_START\nCOV_REF_FRAME = NTW_INERTIAL\n0 1 0 1 0 0 1 0 0 0 1 0 0 0 0 1 0 0 0 0 0 1\nCOV_STOP\n", "a frame that is not read; the orbit is screened without it")]
    [InlineData("MAN_START\nMAN_ID = B1\nMAN_DEVICE_ID = D\nMAN_COMPOSITION = TIME_RELATIVE, DEPLOY_ID, DEPLOY_DV_X\n600 C1 0.001\nMAN_STOP\n", "a deployment is not followed")]
    [InlineData("MAN_START\nMAN_ID = B1\nMAN_DEVICE_ID = D\nMAN_COMPOSITION = TIME_RELATIVE, MAN_DURA, ACC_X, ACC_Y, ACC_Z, ACC_INTERP\n600 10 0 1e-5 0 ON\nMAN_STOP\n", "thrust interpolated between lines is not flown")]
    [InlineData("MAN_START\nMAN_ID = B1\nMAN_DEVICE_ID = D\nMAN_BASIS = CANDIDATE\nMAN_COMPOSITION = TIME_RELATIVE, DV_X, DV_Y, DV_Z\n600 0 0.001 0\nMAN_STOP\n", "MAN_BASIS is CANDIDATE: not flown; give the file as --plan")]
    [InlineData("COV_START\nCOV_REF_FRAME = RSW_INERTIAL\nCOV_SCALE_MAX = 2\n0 1 0 1 0 0 1 0 0 0 1 0 0 0 0 1 0 0 0 0 0 1\nCOV_STOP\n", "COV_SCALE_MAX: notice: 2: not applied: the covariance is taken as it stands", 0)]
    public async Task WhatCannotBeUsed_IsToldAndTheRestScreened(string block, string says, int code = 1)
    {
        var end = await OrbitFolder.SsaAsync("screen", Catalog("a.json", [Set(5, 80)]), await OcmAsync(block), "--start", "2024-11-01", "--hours", "0.1", "--threshold-km", "30", "--forces", "light");
        Assert.True(end.ExitCode == code, end.ToString());
        Assert.Contains(says, end.Errors, StringComparison.Ordinal);
        Assert.NotEmpty(OrbitFolder.Rows(end.Output));
    }

    /// <summary>One file of an OPM with a burn: alone, and combined with others.</summary>
    [Fact]
    public async Task CombinedMessage_BurnIsFlown()
    {
        string opm = _folder.Write("a.opm", await OpmAsync()), xml = _folder.In("a.xml"), catalog = Catalog("a.json", [Set(5, 80)]);
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("convert", opm, "--to", "ndm-xml", "-o", xml));
        var (alone, combined) = (await MessagesAsync(0, catalog, opm), await MessagesAsync(0, catalog, xml));
        Assert.Equal(Late(alone).Approach, Late(combined).Approach);
        Assert.Equal("YES", Late(combined).Second.Maneuverable);
    }

    /// <summary>The number in a comment of an OEM, whatever else it says of the object.</summary>
    [Theory]
    [InlineData("oem-kvn")]
    [InlineData("oem-xml")]
    [InlineData("oem-json")]
    public async Task Oem_OfThisProgram_GoesByTheNumberInItsComment(string to)
    {
        string one = Catalog("one.json", [Set(900, 50)]), path = _folder.In("a.oem"), text;
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("propagate", one, "--start", "2024-10-31T23:50:00Z", "--stop", "2024-11-01T01:10:00Z", "--step", "60", "--to", "oem", "-o", _folder.In("first.oem")));
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("convert", _folder.In("first.oem"), "--to", to, "-o", path));
        text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, text.Replace("2014-900A", "UNKNOWN", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.All(await MessagesAsync(0, Catalog("a.json", [Set(5, 80)]), path), message => Assert.Equal("00900", message.Second.Designator));
    }

    private static ConjunctionMessage Late(List<ConjunctionMessage> messages) => messages[^1];

    private async Task<List<ConjunctionMessage>> MessagesAsync(int code, params string[] words)
    {
        string path = _folder.In("out.cdm");
        if (words.Length == 1 && words[0].EndsWith(".ocm", StringComparison.Ordinal)) words = [Catalog("a.json", [Set(5, 80)]), .. words];
        Assert.Equal(code, await OrbitFolder.SsaHereAsync(["screen", .. words, "--start", "2024-11-01", "--hours", "1", "--threshold-km", "60", "--forces", "light", "--to", "cdm", "--radius-m", "5", "-o", path]));
        await using var stream = File.OpenRead(path);
        Assert.True(Utc.TryParse("2024-11-01T00:00:00", out var now));
        var items = new CdmReader(stream, new CdmReadOptions { FileName = path, Now = now }).Read().ToList();
        Assert.All(items, item => Assert.True(item.Issue is null, item.Issue?.ToString()));
        return [.. items.Select(item => item.Message!).OrderBy(message => message.Approach.Time)];
    }

    private async Task<string[]> StateAsync()
    {
        string csv = _folder.In("state.csv");
        Assert.Equal(0, await OrbitFolder.SsaHereAsync("propagate", Catalog("one.json", [Set(900, 50)]), "--start", "2024-11-01", "--stop", "2024-11-01", "--step", "1", "-o", csv));
        return OrbitFolder.Rows(await File.ReadAllTextAsync(csv))[0][2..8];
    }

    private async Task<string> OcmAsync(string blocks, string name = "a.ocm")
        => _folder.Write(name, "CCSDS_OCM_VERS = 3.0\nCREATION_DATE = 2024-11-01T00:00:00\nORIGINATOR = X\nMETA_START\nOBJECT_NAME = A900\nOBJECT_DESIGNATOR = 900\nTIME_SYSTEM = UTC\nEPOCH_TZERO = 2024-11-01T00:00:00\nMETA_STOP\n"
            + $"TRAJ_START\nCENTER_NAME = EARTH\nTRAJ_REF_FRAME = TEME\nTRAJ_TYPE = CARTPV\n0 {string.Join(' ', await StateAsync())}\nTRAJ_STOP\nPHYS_START\nWET_MASS = 100\nPHYS_STOP\n{blocks}");

    private async Task<string> OpmAsync()
    {
        string[] row = await StateAsync();
        return "CCSDS_OPM_VERS = 2.0\nCREATION_DATE = 2024-11-01T00:00:00\nORIGINATOR = X\nOBJECT_NAME = A900\nOBJECT_ID = 900\nCENTER_NAME = EARTH\nREF_FRAME = TEME\nTIME_SYSTEM = UTC\n"
            + $"EPOCH = 2024-11-01T00:00:00\nX = {row[0]}\nY = {row[1]}\nZ = {row[2]}\nX_DOT = {row[3]}\nY_DOT = {row[4]}\nZ_DOT = {row[5]}\n"
            + "MAN_EPOCH_IGNITION = 2024-11-01T00:10:00\nMAN_DURATION = 0\nMAN_DELTA_MASS = 0\nMAN_REF_FRAME = RTN\nMAN_DV_1 = 0\nMAN_DV_2 = 0.001\nMAN_DV_3 = 0\n";
    }

    private string Both() => Catalog("both.json", Set(5, 80), Set(900, 50));

    private string Catalog(string name, params string[] sets) => _folder.Write(name, $"[{string.Join(",\n", sets)}]");

    private static string Set(int id, double inclination)
        => string.Create(CultureInfo.InvariantCulture, $$"""{"OBJECT_NAME":"A{{id}}","OBJECT_ID":"2014-{{id:000}}A","EPOCH":"2024-11-01T00:00:00","MEAN_MOTION":14.6,"ECCENTRICITY":0.0001,"INCLINATION":{{inclination}},"RA_OF_ASC_NODE":100,"ARG_OF_PERICENTER":0,"MEAN_ANOMALY":350,"NORAD_CAT_ID":{{id}},"BSTAR":0,"MEAN_MOTION_DOT":0,"MEAN_MOTION_DDOT":0}""");
}
