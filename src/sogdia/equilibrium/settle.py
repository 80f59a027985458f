"""proto"""

from __future__ import annotations
import numpy as np
from dataclasses import dataclass
from sogdia.equilibrium.block import columns
from sogdia.equilibrium.equilibria import SolveStatus
from sogdia.equilibrium.far import far_pairs
from sogdia.equilibrium.response import start, terms_of
from sogdia.equilibrium.supply import meet
import os

ACC = float(os.environ.get("ACC", "0.9"))
DBG = []
CL = float(os.environ.get("CL", "3"))
CL1 = float(os.environ.get("CL1", "1"))
K0 = int(os.environ.get("K0", "3"))
KM = int(os.environ.get("KM", "10"))
V = os.environ.get("V")
LIMIT = int(os.environ.get("LIM", "60"))


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    z: object
    t: object
    log_cost: object
    paid: object
    settled: object
    evaluations: object

    def status(self):
        return np.where(self.settled, SolveStatus.SOLVED, SolveStatus.NOT_CONVERGED)


def evaluate(layout, T, z):
    D = T.demand
    d = np.exp(z)
    q = np.exp(D.shift - D.sigma * d)
    m = np.asarray(layout.costs @ q)
    if D.isolated is not None:
        m += D.isolated
    far = m < 1e-100
    anyfar = far.any()
    F = None
    lm = np.log(m)
    P = D.level - lm / D.sigma
    if anyfar:
        F = far_pairs(layout, d, D.sigma, D.level, far)
        P[F.consumer, F.column] = F.cost
        lm[F.consumer, F.column] = F.log_sum
        m[F.consumer, F.column] = 1.0
    n = np.exp(-D.eta * np.log(P))
    if D.scale is not None:
        n *= D.scale
    el = D.eta
    if D.release is not None:
        w = n
        n = np.maximum(n - D.release, 0.0)
        el = np.where(n > 0, D.eta * w / np.where(n > 0, n, 1.0), 0.0)
    r = n / m
    if anyfar:
        r[F.consumer, F.column] = 0.0
    t = np.log(np.maximum(layout.sales @ r, 1e-300))
    c = r / m * (D.sigma - el / P)
    own = np.asarray(layout.own @ (r / m))
    own *= q * q  # base-lane-relative q^2 sum W c s
    fl = None
    if anyfar:
        fn = np.log(n[F.consumer, F.column]) - F.log_sum
        val = np.log(F.weight) + fn[F.pair]
        flat = F.lane * z.shape[1] + F.column[F.pair]
        tf = t.ravel()
        top = tf.copy()
        np.maximum.at(top, flat, val)
        s = np.exp(tf - top)
        np.add.at(s, flat, np.exp(val - top[flat]))
        t = (top + np.log(s)).reshape(t.shape)
        g = (D.sigma - el / P)[F.consumer, F.column] if True else 0
        fl = np.zeros(z.size)
        ow = np.zeros(z.size)
        x = np.exp(np.minimum(val - (D.sigma * (d - D.level)).ravel()[flat], 300))
        np.add.at(fl, flat, x * F.chosen * g[F.pair])
        fl = fl.reshape(z.shape)
        np.add.at(ow, flat, x * F.chosen)
        own = own + ow.reshape(z.shape)
    return d, q, m, lm, P, n, t, c, own, fl


def settle(layout, block, width, tolerance, limit):
    L = layout.lanes.size
    out = start(block, layout, width)
    dem = np.zeros_like(out)
    lcost = np.zeros((layout.consumers.size, width))
    paid = np.ones_like(lcost)
    settled = np.zeros(width, bool)
    evs = np.full(width, limit)
    place = np.arange(width)
    T = terms_of(layout, block)
    B = block
    z = out.copy()
    ns = layout.singles
    rows = slice(ns, L)
    st = layout.starts
    mem = layout.member
    live = np.ones(width, bool)
    hist = [np.full(width, np.inf)] * 4
    zo = z
    dz = None
    part = np.ones(width)
    damp = np.zeros(width)
    parked = T.parked
    nref = 0
    for it in range(1, limit + 1):
        d, q, m, lm, P, n, t, c, own, fl = evaluate(layout, T, z)
        S_ = T.supply
        sigma = S_.sigma
        if parked is not None:
            d = np.where(parked, 1.0, d)
        want = t - sigma * (d - T.demand.level)
        mt = meet(layout, S_, want, np.where(np.isfinite(z), z, 0.0), d)
        gap, e, held = mt.gap, mt.mismatch, mt.held
        if parked is not None:
            gap = np.where(parked, 0.0, gap)
            e = np.where(parked, 0.0, e)
        dm = np.maximum(d + gap, 1e-300)
        size = np.abs(e).max(axis=0)
        done = live & (size <= tolerance)
        bad = live & ~np.isfinite(size)
        if (done | bad).any():
            k = done
            out[:, place[k]] = z[:, k]
            dem[:, place[k]] = want[:, k]
            lcost[:, place[k]] = np.log(P[:, k])
            paid[:, place[k]] = ((layout.costs @ (q * d)) / m)[:, k]
            settled[place[k]] = True
            evs[place[k | bad]] = it
            live = live & ~k & ~bad
        if not live.any():
            break
        # direction
        rel = np.exp(np.clip(want, -300, 300))
        x = layout.lane_share * rel
        share = np.minimum(own / rel, 1.0)
        eta_l = layout.sales @ (B.eta + np.zeros((1, 1)))
        if parked is not None:
            x = np.where(parked, 0.0, x)
        x = np.maximum(x, 1e-200)
        g = np.empty_like(x)
        # inverse response, by lane
        eps = B.eps
        D_ = sigma + np.where(held, 0.0, eps / dm)  # inverse g for singles
        Dx = x * D_
        if ns < L:
            p = mt.log_price[mem]
            h = held[rows]
            ML = S_.multi_lane
            free = np.where(h, 0.0, x[rows])
            tot = np.add.reduceat(x[rows], st, axis=0)[mem]
            ftot = np.add.reduceat(free, st, axis=0)[mem]
            ceil = 0.0
            sl = ML.eps[mem] / np.exp(p)
            if ML.log_ceiling is not None:
                sl = np.where((ML.log_supply + ML.eps * 0)[mem] + ML.eps[mem] * p >= ML.log_ceiling[mem], 0.0, sl)
            tie = ~h
            shr = free / np.where(ftot > 0, ftot, 1.0)
            Dx[rows] = np.where(h, x[rows] * sigma, x[rows] * sigma + shr * tot * sl)
        gr = np.where(gap == 0, 0.0, x * np.expm1(np.clip(-e, -300, 300)))
        if it > 1:
            slope = (gr * (d - do)).sum(0)
            with np.errstate(all="ignore"):
                refuse = live & ~(slope <= ACC * np.abs(slope0)) & ~(size < 0.05) & (part > 1e-4)
        else:
            refuse = np.zeros(place.size, bool)
            slope = np.zeros(place.size)
        if V:
            print(it, live.sum(), "refuse", refuse.sum(), "size pct", np.percentile(size[live], [10, 50, 90, 100]))
        nref += refuse.sum()
        cut = np.clip(np.abs(slope0) / (np.abs(slope0) + np.abs(slope)), 0.1, 0.6) if it > 1 else 1.0
        lam = 1.0 + damp
        gs = layout.lane_share

        def apply(v):  # x A v
            u = layout.costs @ (q * v)
            u *= c
            y = layout.sales @ u
            y *= q
            y *= gs
            if fl is not None:
                y += gs * fl * v
            return y

        def tied(r):
            if ns < L:
                s = np.add.reduceat(np.where(h, 0.0, r[rows]), st, axis=0)[mem]
                r = r.copy()
                r[rows] = np.where(h, r[rows], shr * s)
            return r

        v0 = gap / lam
        b = apply(v0)
        dg = np.maximum(Dx * lam - x * share * (sigma - eta_l / d), 1e-6 * Dx)

        def M(v):
            return Dx * lam * v - apply(v)

        def solve_diag(r):
            y = r / dg
            if ns < L:
                num = np.add.reduceat(np.where(h, 0.0, r[rows]), st, axis=0)
                den = np.add.reduceat(np.where(h, 0.0, dg[rows]), st, axis=0)
                y[rows] = np.where(h, y[rows], (num / np.where(den > 0, den, 1.0))[mem])
            if parked is not None:
                y = np.where(parked, 0.0, y)
            return y

        one = np.ones_like(x) if parked is None else np.where(parked, 0.0, 1.0)
        h1 = M(one)
        c0 = (one * h1).sum(0)
        a0 = (one * b).sum(0) / c0
        y = a0 * one
        r = b - a0 * h1
        pr = lambda w: w - one * ((h1 * w).sum(0) / c0)
        w = solve_diag(r)
        pd = pr(w)
        rz = (r * w).sum(0)
        rz0 = rz
        kk = min(K0 + it, KM)
        for _ in range(kk):
            Ap = M(pd)
            den = (pd * Ap).sum(0)
            al = np.where((rz > 1e-22 * rz0) & (den > 0), rz / np.where(den > 0, den, 1.0), 0.0)
            y += al * pd
            r = r - al * Ap
            w = solve_diag(r)
            rz2 = (r * w).sum(0)
            pd = pr(w) + np.where(rz > 0, rz2 / np.where(rz > 0, rz, 1.0), 0.0) * pd
            rz = rz2
        v = v0 + y
        s = v / d
        leak = 1.0 - share
        E = leak
        capt = leak < 1e-9
        lid = (np.log(1.0 / np.maximum(leak, 1e-12)) * CL1 + CL) / sigma + np.maximum(a0, 0.0)
        s = np.where(capt, s, np.minimum(s, lid / d))
        if os.environ.get("DBG"):
            DBG.append(
                (
                    it,
                    z.copy(),
                    v.copy(),
                    place.copy(),
                    gap.copy(),
                    refuse.copy(),
                    part.copy(),
                    s.copy(),
                    E.copy(),
                    size.copy(),
                )
            )
        up = np.where(
            capt,
            np.clip(s, -6, 12),
            np.where(
                s > 0,
                np.log1p(np.maximum(s, 0)),
                np.where(s > -0.5, np.log1p(np.maximum(s, -0.5)), s + 0.5 + np.log(0.5)),
            ),
        )
        up = np.where(np.isfinite(up), up, 0.0)
        dz = up if dz is None else np.where(refuse, dz, up)
        cut = np.where(np.isfinite(cut), cut, 0.2) if it > 1 else 1.0
        part = np.where(refuse, part * cut, 1.0)
        zo = np.where(refuse, zo, z)
        do = np.where(refuse, do, d) if it > 1 else d
        go = np.where(refuse, go, gr) if it > 1 else gr
        zn = zo + part * dz
        if parked is not None:
            zn = np.where(parked, z, zn)
        z = np.maximum(zn, -690.0)
        dn = np.exp(z)
        dn = dn if parked is None else np.where(parked, 1.0, dn)
        slope0 = (go * (dn - do)).sum(0)
        keep = np.flatnonzero(live)
        if keep.size <= 0.8 * place.size and keep.size >= 2:
            place = place[keep]
            live = live[keep]
            z = z[:, keep]
            zo = zo[:, keep]
            dz = dz[:, keep]
            part = part[keep]
            damp = damp[keep]
            do = do[:, keep]
            go = go[:, keep]
            slope0 = slope0[keep]
            T = columns(T, keep)
            B = columns(B, keep)
            parked = T.parked
    if V:
        print("refusals per scenario", nref / width)
    return Settled(out, dem, lcost, paid, settled, evs)
