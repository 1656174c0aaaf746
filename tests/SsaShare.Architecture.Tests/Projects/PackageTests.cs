namespace SsaShare.Architecture.Tests.Projects;

/// <summary>A dependency is a guest: few, pinned in one place, each with a reason.</summary>
public sealed class PackageTests
{
    /// <summary>A project that is not named here takes no package at all.</summary>
    private static readonly Dictionary<string, string> Guests = new()
    {
        ["SsaShare.Agreements"] = "YamlDotNet",
        ["SsaShare.Cli"] = "Spectre.Console System.CommandLine",
        ["SsaShare.Formats"] = "ZstdSharp.Port",
        ["SsaShare.Grpc"] = "Google.Protobuf Grpc.Tools",
        ["SsaShare.Node"] = "OpenTelemetry OpenTelemetry.Exporter.OpenTelemetryProtocol",
        ["SsaShare.Peering"] = "Polly.Core",
        ["SsaShare.Protocol"] = "Google.Protobuf Grpc.Tools",
        ["SsaShare.Transparency"] = "System.Security.Cryptography.Pkcs",
        ["SsaShare.Storage"] = "Microsoft.EntityFrameworkCore Microsoft.EntityFrameworkCore.Relational Npgsql Npgsql.EntityFrameworkCore.PostgreSQL",
    };

    /// <summary>Adapters and hosts; everything else is pure and does without a web server.</summary>
    private static readonly string[] OnTheWeb =
        ["SsaShare.Cli", "SsaShare.FusionService", "SsaShare.Grpc", "SsaShare.Node", "SsaShare.Peering", "SsaShare.Storage"];

    public static TheoryData<string> SourceProjects => ReferenceTests.SourceProjects;

    [Theory, MemberData(nameof(SourceProjects))]
    public void Packages_OfEachProject_AreExactlyThese(string project)
        => Assert.Equal(Guests.GetValueOrDefault(project, ""), string.Join(' ', ProjectFile.Load(project).Packages.Order(StringComparer.Ordinal)));

    [Fact]
    public void Framework_OfPureProjects_IsThePlainOne()
        => Findings.None(ProjectFile.All
            .Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal) && project.FrameworkReferences.Any())
            .Select(project => project.Name).Except(OnTheWeb));

    [Fact]
    public void Versions_OfPackages_StandInOnePlace()
    {
        var versioned = ProjectFile.All
            .SelectMany(project => project.Items("PackageReference"))
            .Where(item => item.Attribute("Version") is not null || item.Attribute("VersionOverride") is not null || item.Element("Version") is not null)
            .Concat(ProjectFile.All.SelectMany(project => project.Items("PackageVersion")));
        Findings.None(versioned.Select(item => item.ToString()));
    }

    [Fact]
    public void Versions_OfAllPackages_AreLocked()
        => Findings.None(ProjectFile.All
            .Select(project => Path.GetDirectoryName(project.Path)!.Replace('\\', '/') + "/packages.lock.json")
            .Except(Repository.Files));
}
