using System.Text;

namespace SsaShare.Formats.Tests;

public sealed class PartnerFileTests
{
    [Theory]
    [InlineData("atlantic", "space-agency", "ASCENSION")]
    [InlineData("caribbean", "defence", "ANTIGUA")]
    [InlineData("pacific", "commercial", "KAENA-POINT")]
    [InlineData("fusion", "fusion-service", null)]
    public void Read_SeedPartners_NameTheirSensors(string id, string kind, string? sensor)
    {
        var (partner, issues) = Read(File.ReadAllText(TestFiles.Seed($"partners/{id}.json")));

        Assert.Empty(issues);
        Assert.Equal((id, kind), (partner!.Id.Value, partner.Kind));
        Assert.Equal(sensor, partner.Sensors.Count == 0 ? null : partner.Sensors.Single().Value);
    }

    [Theory]
    [InlineData("\"defence\"", "\"army\"", 4, "kind")]
    [InlineData("[\"ANTIGUA\"]", "[\"ANTIGUA\", \"ANTIGUA\"]", 6, "sensors")]
    [InlineData("[\"ANTIGUA\"]", "[5]", 6, "sensors")]
    [InlineData("[\"ANTIGUA\"]", "\"ANTIGUA\"", 6, "sensors")]
    [InlineData("\"caribbean\"", "5", 2, "id")]
    public void Read_BadField_IsRefusedWithLineAndField(string from, string to, long line, string field)
    {
        const string Valid = """
            {"format": "ssashare-partner/1",
             "id": "caribbean",
             "name": "Caribbean",
             "kind": "defence",
             "operates": "one radar",
             "sensors": ["ANTIGUA"]}
            """;
        Assert.NotNull(Read(Valid).Partner);
        var (partner, issues) = Read(Valid.Replace(from, to, StringComparison.Ordinal));

        Assert.Null(partner);
        Assert.Equal((line, field), (issues[0].Line, issues[0].Field));
    }

    private static (PartnerProfile? Partner, List<ReadIssue> Issues) Read(string json)
    {
        var issues = new List<ReadIssue>();
        return (PartnerFile.Read(Encoding.UTF8.GetBytes(json), "partner.json", issues), issues);
    }
}
