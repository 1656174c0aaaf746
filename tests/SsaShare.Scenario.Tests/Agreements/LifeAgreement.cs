using Google.Protobuf;
using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>An agreement of the life that is played, and how its parties must answer a pull under it just now.</summary>
internal sealed class LifeAgreement(string name, ByteString id, params ScenarioNode[] parties)
{
    public string Name => name;
    public ByteString Id => id;
    public IReadOnlyList<ScenarioNode> Parties => parties;
    public string Hex { get; } = Convert.ToHexStringLower(id.Span);
    public AgreementId AgreementId { get; } = new(new Hash256(id.Span));

    /// <summary>What a party gets instead of an answer; OK while the agreement is served.</summary>
    public StatusCode Status { get; set; } = StatusCode.OK;

    public override string ToString() => name;
}
