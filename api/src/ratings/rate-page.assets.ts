/** Rows of at least 44 px, so that a thumb finds them; edges instead of grounds, so that forced colours show them. */
export const rateStyles = `fieldset{border:0;margin:0 0 20px;padding:0;max-width:26rem}legend,.words{font-weight:600;padding:0;margin:0 0 8px;display:block}.words .quiet{font-weight:400}
fieldset label{display:flex;gap:12px;align-items:center;min-height:44px;padding:0 12px;border:1px solid color-mix(in srgb,CanvasText 25%,transparent);margin-top:-1px;cursor:pointer}
fieldset label:first-of-type{border-start-start-radius:10px;border-start-end-radius:10px}fieldset label:last-of-type{border-end-start-radius:10px;border-end-end-radius:10px}
fieldset label:hover{background:color-mix(in srgb,CanvasText 5%,transparent)}input[type=radio]{width:20px;height:20px;margin:0;accent-color:#0d5f85}b{font-variant-numeric:tabular-nums}
fieldset label:has(:checked){background:color-mix(in srgb,#0d5f85 14%,Canvas)}fieldset label:has(:focus-visible){outline:2px solid;outline-offset:-3px}
textarea{box-sizing:border-box;width:100%;max-width:34rem;font:inherit;font-size:16px;padding:10px 12px;color:inherit;background:Canvas;border:1px solid color-mix(in srgb,CanvasText 55%,transparent);border-radius:7px}textarea:focus-visible{outline:2px solid;outline-offset:1px}
[role=alert]{min-height:23px;margin:8px 0;font-weight:600}button{min-height:44px}h1:focus{outline:none}`;

/** Posts as JSON and says how it went in place, so that nothing typed is lost when the line is down. */
export const rateScript = `"use strict";{const form=document.querySelector("form");if(form){const words=JSON.parse(form.dataset.words),says=form.querySelector("[role=alert]"),button=form.querySelector("button"),label=button.textContent;
form.addEventListener("submit",async(event)=>{event.preventDefault();if(button.ariaDisabled==="true")return;button.ariaDisabled="true";button.textContent=words.sending;says.textContent="";
const data=new FormData(form),token=new URL(form.action).searchParams.get("token");let code="failed";
try{const reply=await fetch("/v1/support/ratings",{method:"POST",headers:{"content-type":"application/json"},body:JSON.stringify({token,score:Number(data.get("score")),comment:data.get("comment")})});
if(reply.ok)code="";else code=(await reply.json()).code}catch{}
button.ariaDisabled="false";button.textContent=label;if(code){says.textContent=words[code]||words.failed;return}
const heading=document.querySelector("h1"),text=document.createElement("p");heading.textContent=document.title=words.thanks;text.textContent=words.changeable;document.querySelector("main").replaceChildren(heading,text);heading.focus()})}}`;
