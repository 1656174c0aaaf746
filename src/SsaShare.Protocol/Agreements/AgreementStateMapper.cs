using SsaShare.Agreements;
using V1 = SsaShare.Protocol.Agreement.V1;

namespace SsaShare.Protocol;

/// <summary>States of the life cycle of an agreement.</summary>
public static class AgreementStateMapper
{
    /// <exception cref="ArgumentOutOfRangeException">A state that the wire has no word for.</exception>
    public static V1.AgreementState ToWire(this AgreementState state) => state switch
    {
        AgreementState.Draft => V1.AgreementState.Draft,
        AgreementState.Proposed => V1.AgreementState.Proposed,
        AgreementState.Countersigned => V1.AgreementState.Countersigned,
        AgreementState.Active => V1.AgreementState.Active,
        AgreementState.Suspended => V1.AgreementState.Suspended,
        AgreementState.Superseded => V1.AgreementState.Superseded,
        AgreementState.Revoked => V1.AgreementState.Revoked,
        AgreementState.Expired => V1.AgreementState.Expired,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No word on the wire for this state."),
    };
}
