using System.Text;
using Google.Protobuf;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>Transitions written by hand, also such as no node would sign.</summary>
internal static class Transitions
{
    public static Protocol.Common.V1.SignedDocument Sign(SigningKey key, ByteString agreement, string party, int number, string happening)
    {
        var now = Utc.FromDateTime(TimeProvider.System.GetUtcNow());
        string json = $$"""{"type":"ssashare/agreement-transition/v1","agreement":"{{Convert.ToHexStringLower(agreement.Span)}}","party":"{{party}}","sequence":{{number}},"event":"{{happening}}","reason":"A test.","time":"{{now}}"}""";
        return SignedDocument.Sign(key, DocumentContexts.Transition, Encoding.UTF8.GetBytes(json)).ToWire();
    }
}
