using System.Text.RegularExpressions;

namespace SsaShare.Architecture.Tests.Sources;

/// <summary>
/// Types generated from proto/ stop at the mapper in SsaShare.Protocol. Beyond it only the places where a call begins or ends
/// may name them: a service's class (*GrpcService.cs), and the callers and stream helpers listed here.
/// </summary>
public sealed partial class GeneratedTypeTests
{
    private static readonly string[] Callers =
    [
        "src/SsaShare.Node/Admin/ChunkStream.cs",
        "src/SsaShare.Node/Admin/NodeStatusReader.cs",
        "src/SsaShare.Peering/Agreements/AgreementCourier.cs",
        "src/SsaShare.Peering/Pulling/PullLoop.cs",
    ];

    [Fact]
    public void GeneratedTypes_BeyondTheMapper_AreNamedOnlyWhereCallsBeginOrEnd()
        => Findings.None(SourceFile.All
            .Where(file => !file.Path.StartsWith("src/SsaShare.Protocol/", StringComparison.Ordinal)
                && !file.Path.EndsWith("GrpcService.cs", StringComparison.Ordinal)
                && !Callers.Contains(file.Path))
            .Where(file => file.Lines.Any(line => GeneratedNamespace().IsMatch(line)))
            .Select(file => file.Path));

    /// <summary>With the packaged runtime our own namespaces are not there.</summary>
    [Fact]
    public void OwnGrpcNamespaces_OutsideTheRuntime_AreNotUsed()
        => Findings.None(SourceFile.All
            .Where(file => !file.Path.StartsWith("src/SsaShare.Grpc/", StringComparison.Ordinal))
            .SelectMany(file => file.Where("using SsaShare.Grpc", "using Grpc.Wire")));

    [GeneratedRegex(@"\bSsaShare\.Protocol\.[A-Za-z]+\.V[0-9]+\b")]
    private static partial Regex GeneratedNamespace();
}
