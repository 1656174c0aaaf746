namespace SsaShare.Formats.Tests;

/// <summary>The Blue Book's own examples, messages as published, and Orekit's valid and deliberately invalid files (reference data, ccsds/).</summary>
public sealed class OdmReferenceTests
{
    [Theory]
    [InlineData("bluebook/kvn/opm_g1.kvn", 1, 0, null)]
    [InlineData("bluebook/kvn/opm_g2.kvn", 0, 0, "REF_FRAME")]
    [InlineData("bluebook/kvn/opm_g3.kvn", 1, 0, null)]
    [InlineData("bluebook/kvn/opm_g4.kvn", 0, 0, "REF_FRAME")]
    [InlineData("bluebook/kvn/omm_g7.kvn", 0, 1, null)]
    [InlineData("bluebook/kvn/omm_g8.kvn", 0, 1, null)]
    [InlineData("bluebook/kvn/omm_g9.kvn", 0, 1, null)]
    [InlineData("omm-encodings/kvn_visual.txt", 0, 148, null)]
    [InlineData("omm-encodings/csv_resource.csv", 0, 0, "file")]
    [InlineData("omm-encodings/tle_last-30-days.txt", 0, 0, "file")]
    [InlineData("orekit/odm/omm/OMM-number-format-error.txt", 0, 0, "ARG_OF_PERICENTER")]
    [InlineData("orekit/odm/omm/OMMExample3.txt", 0, 0, "REF_FRAME_EPOCH MEAN_ELEMENT_THEORY REF_FRAME SEMI_MAJOR_AXIS TIME_SYSTEM MEAN_MOTION BSTAR")]
    [InlineData("orekit/odm/omm/OMMExample5.txt", 0, 0, "MEAN_ELEMENT_THEORY EPHEMERIS_TYPE BTERM BSTAR")]
    [InlineData("orekit/odm/opm/OPM-dummy-moon-EME2000.txt", 0, 0, "CENTER_NAME TIME_SYSTEM X")]
    [InlineData("orekit/odm/opm/OPM-number-format-error.txt", 0, 0, "TIME_SYSTEM")]
    [InlineData("orekit/odm/opm/OPM-unknown-frame.txt", 0, 0, "REF_FRAME")]
    [InlineData("orekit/odm/opm/OPM-frame-mapper-gcrf.txt", 0, 0, "COV_REF_FRAME")]
    [InlineData("orekit/odm/opm/OPMExample5.txt", 1, 0, null)]
    [InlineData("orekit/odm/opm/OPMExample7.txt", 0, 0, "CENTER_NAME REF_FRAME")]
    [InlineData("orekit/odm/oem/OEMExampleWithHeaderComment.txt", 0, 0, "file")]
    public void Read_PublishedFile_GivesWhatItHoldsAndRefusesWithReasons(string file, int states, int sets, string? refusedFields)
    {
        var items = Read(file);
        Assert.Equal((states, sets), (items.Count(item => item.State is not null), items.Count(item => item.Elements is not null)));
        var refused = items.Where(item => item.Issue is { Severity: IssueSeverity.Refused }).Select(item => item.Issue!.Field);
        Assert.Equal(refusedFields ?? "", string.Join(' ', refused));
    }

    [Fact]
    public void Read_ElementsOfTheBlueBook_AreGoes9()
    {
        var elements = Read("bluebook/kvn/omm_g7.kvn").Single().Elements!;
        Assert.Equal(("23581", 1.00273272, 0.0005013, 0.0001), (elements.ObjectTag, elements.MeanMotionRevPerDay, elements.Eccentricity, elements.BStarPerEarthRadii));
        Assert.Equal("2020-03-04T10:34:41.426400Z", elements.Epoch.ToString());
        Assert.Equal(3.0539 * Math.PI / 180, elements.InclinationRad, 1e-12);
    }

    [Fact]
    public void Read_StateOfTheBlueBookWithCovariance_KeepsItsSize()
    {
        var orbit = Read("bluebook/kvn/opm_g3.kvn").Single().State!;
        double trace = 3.331349476038534e-04 + 6.782421679971363e-04 + 3.231931992380369e-04;
        Assert.Equal(trace, orbit.Covariance!.PositionSigmaKm * orbit.Covariance.PositionSigmaKm, 1e-12);
        Assert.Equal(new Vector3d(6503.514, 1239.647, -717.49).Norm, orbit.State.PositionKm.Norm, 1e-9);
    }

    private static List<OdmItem> Read(string file)
    {
        using var stream = File.OpenRead(TestFiles.Reference(Path.Combine("ccsds", file)));
        return [.. new OdmReader(stream, new OdmReadOptions { FileName = Path.GetFileName(file), Now = TestFiles.Now }).Read()];
    }
}
