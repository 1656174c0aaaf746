using SsaShare.Tests;

namespace SsaShare.Formats.Tests;

/// <summary>Invented observations: in our own lines of JSON they stay the same; in another format what comes back once comes back always.</summary>
public sealed class ObservationPropertyTests
{
    [Fact]
    public void AnyRecord_InJson_StaysTheSame()
    {
        var random = new Random(81);
        for (int i = 0; i < 20 * Nightly.PropertyCases; i++) ObservationFiles.AssertSurvives(SpaceObservationFormats.JsonLines, [Any(random)]);
    }

    [Theory]
    [InlineData("b3"), InlineData("iod"), InlineData("uk"), InlineData("rde")]
    public void AnyRecord_InAFormatOfColumns_IsRefusedOrRoundedOnce(string name)
    {
        var format = SpaceObservationFormats.All.Single(format => format.Name == name);
        var random = new Random(82);
        int written = 0;
        for (int i = 0; i < 20 * Nightly.PropertyCases; i++)
        {
            var record = Any(random);
            var (bytes, issues) = ObservationFiles.Write(format, [record]);
            Assert.Equal(issues.Exists(issue => issue.Severity == IssueSeverity.Refused), bytes.Length == 0);
            if (bytes.Length == 0) continue;
            written++;
            var items = ObservationFiles.Read(format, bytes);
            if (items.Refusals().Count > 0) Assert.Fail($"{record}\n{System.Text.Encoding.ASCII.GetString(bytes)}\n{string.Join('\n', items.Refusals())}");
            var read = items.Values().Single();
            ObservationFiles.AssertSurvives(format, [read]);
            AssertNear(record, read, name == "rde" ? 0.005 : 0.0005);
        }
        Assert.InRange(written, Nightly.PropertyCases, 20 * Nightly.PropertyCases);
    }

    private static void AssertNear(ObservationRecord record, ObservationRecord read, double seconds)
    {
        Assert.Equal(0, read.Time!.Value.Epoch.SecondsSince(record.Time!.Value.Epoch), seconds + 1e-9);
        Assert.Equal(record.Station.Id, read.Station.Id);
        if (record.Angles is not { } angles || read.Angles is not { } other) return;
        // The coarsest form has a tenth of a minute of time, the coarsest of declinations a minute of arc in fewer digits.
        Assert.Equal(angles.Kind, other.Kind);
        Assert.Equal(angles.Angle1Deg % 360, other.Angle1Deg % 360, 0.02);
        Assert.Equal(angles.Angle2Deg, other.Angle2Deg, 0.02);
    }

    private static ObservationRecord Any(Random random)
    {
        T? Maybe<T>(Func<T> make) where T : struct => random.Next(3) == 0 ? null : make();
        T? MaybeText<T>(Func<T> make) where T : class => random.Next(3) == 0 ? null : make();
        bool isRaDec = random.Next(2) == 0;
        AngleForm[] forms = isRaDec ? [AngleForm.Plain, AngleForm.HmsDms, AngleForm.HmDm, AngleForm.HmD, AngleForm.HmsD] : [AngleForm.Plain, AngleForm.DmsDms, AngleForm.DmDm, AngleForm.DD];
        Utc.TryCreate(new DateOnly(random.Next(1972, 2027), random.Next(1, 13), random.Next(1, 29)), random.Next(24), random.Next(60), random.Next(60), random.Next(1_000_000_000), out var epoch);
        return new ObservationRecord
        {
            Target = new ObservedObject(MaybeText(() => $"{random.Next(100_000):00000}"), $"{random.Next(1957, 2027)}-{random.Next(1, 1000):000}{(char)('A' + random.Next(8))}"),
            Station = new ObservingStation(random.Next(2) == 0 ? $"{random.Next(1_000):000}" : $"{random.Next(10_000):0000}", null, MaybeText(() => "G")),
            Time = new ObservationTime(epoch, Math.Pow(10, -random.Next(10))) { SigmaS = Maybe(() => random.NextDouble()), Standard = MaybeText(() => "1") },
            Angles = MaybeText(() => new AnglePair(isRaDec ? AngleKind.RightAscensionDeclination : AngleKind.AzimuthElevation, random.NextDouble() * 359, random.NextDouble() * 178 - 89)
            {
                Equinox = isRaDec ? Equinox.J2000 : Equinox.NotGiven,
                Form = forms[random.Next(forms.Length)],
                SigmaDeg = Maybe(() => random.NextDouble() / 100),
                IsRefractionCorrected = Maybe(() => random.Next(2) == 0),
            }),
            AngleRate1DegPerS = Maybe(() => random.NextDouble() * 2 - 1),
            RangeKm = Maybe(() => Math.Exp(random.NextDouble() * 15)),
            RangeRateKmPerS = Maybe(() => random.NextDouble() * 20 - 10),
            Appearance = MaybeText(() => new Appearance("S") { Magnitude = Maybe(() => random.NextDouble() * 10 - 1), MagnitudeFaintest = Maybe(() => random.NextDouble() * 10), PeriodS = Maybe(() => random.NextDouble() * 100) }),
        };
    }
}
