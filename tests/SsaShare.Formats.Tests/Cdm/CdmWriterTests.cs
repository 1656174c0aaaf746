using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Conjunction messages written and read again by the strict reader, in every syntax.</summary>
public sealed class CdmWriterTests
{
    [Theory]
    [InlineData(NdmSyntax.Kvn, 1)]
    [InlineData(NdmSyntax.Kvn, 3)]
    [InlineData(NdmSyntax.Xml, 1)]
    [InlineData(NdmSyntax.Xml, 3)]
    [InlineData(NdmSyntax.Json, 1)]
    [InlineData(NdmSyntax.Json, 3)]
    public void Write_EveryKeyword_ReadsTheSame(NdmSyntax syntax, int count)
    {
        var message = CdmText.Read(CdmText.Whole)[0].Message!;
        byte[] written = Write(Enumerable.Repeat(message, count), syntax);
        var items = CdmText.Read(written);
        Assert.Equal(count, items.Count);
        foreach (var item in items)
        {
            Assert.True(item.Message is not null, item.Issue?.ToString());
            AssertSame(message, item.Message);
        }
        // Nor has the table of the standard anything against it: every keyword is in its block, and every block in its place.
        var checkedItems = NdmFormats.Of(count == 1 || syntax == NdmSyntax.Kvn ? "cdm" : "ndm", syntax).Open!(new MemoryStream(written), new FormatReadOptions { FileName = "test", Now = TestFiles.Now }).Read();
        Assert.All(checkedItems, item => Assert.True(item.Issue is null, item.Issue?.ToString()));
    }

    [Fact]
    public void Write_LeastMessage_ReadsTheSame()
    {
        var whole = CdmText.Read(CdmText.Whole)[0].Message!;
        ConjunctionObject Bare(ConjunctionObject one) => one with { Remarks = [], Determination = null, Body = null, Comments = [] };
        var message = whole with { MadeFor = null, Screening = null, Probability = null, Comments = [], Approach = new ClosestApproach(whole.Approach.Time, 0, null, null, null), First = Bare(whole.First), Second = Bare(whole.Second) };
        AssertSame(message, Assert.Single(CdmText.Read(Write([message], NdmSyntax.Kvn))).Message!);
    }

    [Fact]
    public void Write_AnyFigures_ReadTheSameToTheLastBit()
    {
        var random = new Random(8);
        double Any(double size) => (random.NextDouble() - 0.5) * size * Math.Pow(10, random.Next(-6, 3));
        Vector3d Metres(double size) => new(Any(size) * 1e-3, Any(size) * 1e-3, Any(size) * 1e-3);
        var whole = CdmText.Read(CdmText.Whole)[0].Message!;
        for (int trial = 0; trial < 300; trial++)
        {
            // As a reader keeps them: figures of the message in its units, times the unit.
            double[] lower = [.. Enumerable.Range(0, 21).Select(_ => Math.Abs(Any(1e4)) * 1e-6)];
            var message = whole with
            {
                Approach = new ClosestApproach(whole.Approach.Time, Math.Abs(Any(1e5)) * 1e-3, Math.Abs(Any(1e3)) * 1e-3, Metres(1e5), Metres(1e4)),
                Probability = new CollisionProbability(random.NextDouble() * Math.Pow(10, -random.Next(300)), "FOSTER-1992"),
                First = whole.First with { Covariance = new RtnCovariance(lower), Determination = whole.First.Determination! with { ActualSpanS = random.NextDouble() * 10 * 86_400 } },
            };
            AssertSame(message, Assert.Single(CdmText.Read(Write([message], NdmSyntax.Kvn))).Message!);
        }
    }

    [Fact]
    public void Write_InEme2000_IsTheSameStateWithinRounding()
    {
        var message = CdmText.Read(CdmText.Whole.Replace("REF_FRAME = EME2000", "REF_FRAME = GCRF", StringComparison.Ordinal))[0].Message!;
        byte[] written = Write([message], NdmSyntax.Kvn, CdmStateFrame.Eme2000);
        Assert.Equal(2, Encoding.ASCII.GetString(written).Split("REF_FRAME = EME2000").Length - 1);
        var again = Assert.Single(CdmText.Read(written)).Message!;
        Assert.InRange(again.First.State.SeparationKm(message.First.State).Norm, 0, 1e-9);
        Assert.InRange((again.First.State.VelocityKmPerS - message.First.State.VelocityKmPerS).Norm, 0, 1e-12);
        // What stands in the file is turned by the bias of 23 mas.
        string x = Encoding.ASCII.GetString(written).Split('\n').First(line => line.StartsWith("X = ", StringComparison.Ordinal));
        double turned = double.Parse(x[4..].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) - message.First.State.PositionKm.X;
        Assert.InRange(Math.Abs(turned), 1e-5, 2e-3);
    }

    [Theory]
    [InlineData("é")]
    [InlineData("")]
    [InlineData(" A")]
    [InlineData("A\nX = 1")]
    public void Write_TextThatNoMessageCanHold_IsRefusedWhole(string name)
    {
        var message = CdmText.Read(CdmText.Whole)[0].Message!;
        using var stream = new MemoryStream();
        var (writer, inner) = Writer(stream, NdmSyntax.Kvn, CdmStateFrame.AsKept);
        var issue = writer.Write(message with { Second = message.Second with { Name = name } });
        inner.Complete();
        Assert.Equal((IssueSeverity.Refused, "OBJECT_NAME"), (issue!.Severity, issue.Field));
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void Write_StateOfAnotherFrameOrTime_IsRefused()
    {
        var message = CdmText.Read(CdmText.Whole)[0].Message!;
        using var stream = new MemoryStream();
        var (writer, _) = Writer(stream, NdmSyntax.Kvn, CdmStateFrame.AsKept);
        var state = message.First.State;
        Assert.Equal("REF_FRAME", writer.Write(Moved(new CartesianState(state.Epoch, Frame.Teme, state.PositionKm, state.VelocityKmPerS)))!.Field);
        Assert.Equal("TCA", writer.Write(Moved(new CartesianState(Epoch.J2000, state.Frame, state.PositionKm, state.VelocityKmPerS)))!.Field);

        ConjunctionMessage Moved(CartesianState to) => message with { First = message.First with { State = to } };
    }

    private static byte[] Write(IEnumerable<ConjunctionMessage> messages, NdmSyntax syntax, CdmStateFrame frame = CdmStateFrame.AsKept)
    {
        using var stream = new MemoryStream();
        var (writer, inner) = Writer(stream, syntax, frame);
        foreach (var message in messages) Assert.Null(writer.Write(message));
        inner.Complete();
        return stream.ToArray();
    }

    private static (CdmWriter Writer, IFormatWriter<NdmEvent> Inner) Writer(Stream stream, NdmSyntax syntax, CdmStateFrame frame)
    {
        var options = new FormatWriteOptions { FileName = "out", Now = TestFiles.Now };
        var inner = NdmFormats.Of("cdm", syntax).Create!(stream, options);
        return (new CdmWriter(inner, options, frame), inner);
    }

    private static void AssertSame(ConjunctionMessage expected, ConjunctionMessage actual)
    {
        Assert.Equal(expected.Comments, actual.Comments);
        foreach (var (one, other) in new[] { (expected.First, actual.First), (expected.Second, actual.Second) })
        {
            Assert.Equal(one.Comments, other.Comments);
            Assert.Equal(one.Remarks, other.Remarks);
        }
        Assert.Equal(Flat(expected), Flat(actual));

        static ConjunctionMessage Flat(ConjunctionMessage message) => message with { Comments = [], First = Bare(message.First), Second = Bare(message.Second) };

        static ConjunctionObject Bare(ConjunctionObject one) => one with { Comments = [], Remarks = [] };
    }
}
