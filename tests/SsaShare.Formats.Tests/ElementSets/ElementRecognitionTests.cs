using System.Text;

namespace SsaShare.Formats.Tests;

public sealed class ElementRecognitionTests
{
    private static readonly MeanElements Iss = ElementFiles.Values(ElementFiles.Read(ElementFormats.Tle, ElementFiles.Iss)).Single() with { ObjectName = "ISS" };

    /// <summary>What each format writes is surely its own and no other's, in one line or several.</summary>
    [Fact]
    public void Recognise_WhatIsWritten_IsOfThatFormatAlone()
    {
        var formats = ElementFormats.All.OfType<FileFormat<MeanElements>>().ToList();
        foreach (var format in formats)
        {
            byte[] bytes = ElementFiles.Write(format, [Iss, Iss]).Bytes;
            Assert.All(formats, other => Assert.Equal(other == format ? Recognition.Certain : Recognition.No, other.Recognise(bytes)));
            if (format != ElementFormats.OmmJson) continue;
            byte[] minified = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("\n", "", StringComparison.Ordinal));
            Assert.All(formats, other => Assert.Equal(other == format ? Recognition.Certain : Recognition.No, other.Recognise(minified)));
        }
    }

    /// <summary>The same words stand deeper in the messages' own JSON; flat JSON is none of theirs either.</summary>
    [Fact]
    public void Recognise_MessagesInJson_AreOfTheMessageAlone()
    {
        using var stream = new MemoryStream();
        var options = new FormatWriteOptions { FileName = "out", Now = TestFiles.Now };
        var to = NdmFormats.Of("omm", NdmSyntax.Json).Create!(stream, options);
        Assert.Null(MeanElementsNdm.ToNdm(to, options).Write(Iss));
        to.Complete();
        Assert.Equal((Recognition.No, Recognition.Certain), (ElementFormats.OmmJson.Recognise(stream.ToArray()), NdmFormats.Of("omm", NdmSyntax.Json).Recognise(stream.ToArray())));
        byte[] flat = ElementFiles.Write(ElementFormats.OmmJson, [Iss]).Bytes;
        Assert.All(NdmFormats.All, format => Assert.Equal(Recognition.No, format.Recognise(flat)));
    }

    [Theory]
    [InlineData("ISS\n1 25544U 98067A   26140.52007259  .00005164  00000-0  10084-3 0  9994\n", "No", "Likely")]
    [InlineData("\n# a comment\n1 25544U 98067A   26140.52007259  .00005164  00000\n", "Possible", "No")]
    [InlineData("A\nB\n1 25544U 98067A   26140.52007259  .00005164  00000-0  10084-3 0  9995\n", "No", "No")]
    [InlineData("CCSDS_OMM_VERS = 2.0\n", "No", "No")]
    public void Recognise_Lines_IsAsSureAsTheyAre(string text, string asTwo, string asThree)
        => Assert.Equal((asTwo, asThree), (ElementFormats.Tle.Recognise(Encoding.ASCII.GetBytes(text)).ToString(), ElementFormats.ThreeLine.Recognise(Encoding.ASCII.GetBytes(text)).ToString()));
}
