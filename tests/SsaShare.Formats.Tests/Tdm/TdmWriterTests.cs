using FsCheck;
using FsCheck.Fluent;

namespace SsaShare.Formats.Tests;

public sealed class TdmWriterTests
{
    private static readonly TdmHeader Header = TdmHeader.Empty with { CreationDate = "2026-01-01T00:00:00", Originator = "pacific", MessageId = "7", Comments = ["one", "two"] };

    [Theory]
    [InlineData("atlantic/ascension-1996-12.tdm")]
    [InlineData("caribbean/antigua-1996-12.tdm")]
    [InlineData("pacific/kaena-point-1996-12.tdm")]
    [InlineData("pacific/kaena-point-1995-01.tdm")]
    public void Write_SeedObservations_ReadBackEqual(string file)
    {
        var read = Observations(TestFiles.ReadTdm(File.ReadAllBytes(TestFiles.Seed($"observations/{file}"))).Items);

        Assert.Equal(read, Observations(TestFiles.ReadTdm(Written(read)).Items));
    }

    [Fact]
    public void Write_AnyObservationsThatWereRead_ReadBackEqual()
    {
        var observation =
            from second in Gen.Choose(0, 1_500_000_000)
            from nanosecond in Gen.Choose(0, 999_999_999)
            from range in Gen.Choose(1, 2_000_000_000)
            from azimuth in Gen.Choose(0, 359_999_999)
            from elevation in Gen.Choose(-5_000_000, 90_000_000)
            from rate in Gen.Choose(-12_000_000, 12_000_000)
            from has in Gen.Choose(1, 15)
            from sensor in Gen.Elements("A", "B-2")
            from tag in Gen.Elements("81900", "1998-067A", "TRACK 3")
            select new Observation(SensorId.Parse(sensor), new Epoch((second - 1_000_000_000) * 1_000_000_000L + nanosecond), If(has, 1, range * 1e-3),
                If(has, 2, azimuth * 1e-6 * (Math.PI / 180)), If(has, 4, elevation * 1e-6 * (Math.PI / 180)), If(has, 8, rate * 1e-6), tag);

        Prop.ForAll(Gen.NonEmptyListOf(observation).ToArbitrary(), observations =>
        {
            var distinct = observations.DistinctBy(o => o.Epoch).ToList();
            return Observations(TestFiles.ReadTdm(Written(distinct)).Items).SequenceEqual(distinct);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(300));

        static double? If(int has, int bit, double value) => (has & bit) != 0 ? value : null;
    }

    [Fact]
    public void Write_Header_IsReadBack()
    {
        var (reader, items) = TestFiles.ReadTdm(Written([Plain()]));

        Assert.Single(items);
        Assert.Equal(("2.0", Header.CreationDate, Header.Originator, Header.MessageId), (reader.Header.Version, reader.Header.CreationDate, reader.Header.Originator, reader.Header.MessageId));
        Assert.Equal(Header.Comments, reader.Header.Comments);
    }

    [Fact]
    public void Write_AnyAngle_ReadsBackWithinOneUnitInTheLastPlace()
        => Prop.ForAll(Gen.Choose(0, int.MaxValue).Select(n => n / (double)int.MaxValue * Math.PI / 2).ToArbitrary(), rad =>
        {
            var read = Observations(TestFiles.ReadTdm(Written([Plain() with { ElevationRad = rad }])).Items).Single();
            return Math.Abs(read.ElevationRad!.Value - rad) <= Math.BitIncrement(rad) - rad;
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(300));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two\nlines")]
    [InlineData(" padded")]
    public void Write_TagThatNoLineCanHold_Throws(string? tag)
        => Assert.Throws<ArgumentException>(() => Written([Plain() with { ObjectTag = tag }]));

    [Fact]
    public void Write_ObservationOfNothingOrNotFinite_Throws()
    {
        Assert.Throws<ArgumentException>(() => Written([Plain() with { RangeKm = null }]));
        Assert.Throws<ArgumentException>(() => Written([Plain() with { RangeKm = double.NaN }]));
    }

    private static Observation Plain() => new(SensorId.Parse("A"), Epoch.J2000, 900, null, null, null, "1");

    private static List<Observation> Observations(List<TdmItem> items) => [.. items.Select(item => item.Observation ?? throw new InvalidOperationException(item.Issue!.ToString()))];

    private static string Written(IEnumerable<Observation> observations)
    {
        var text = new StringWriter();
        var writer = new TdmWriter(text, Header);
        foreach (var observation in observations) writer.Write(observation);
        writer.Complete();
        return text.ToString();
    }
}
